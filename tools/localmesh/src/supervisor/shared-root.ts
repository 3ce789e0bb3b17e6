import { chmod, mkdir, realpath, rename, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrno } from '../platform/errno.js';
import { runCommand } from '../platform/run-command.js';
import { sharedPaths, sharedRoot, type MeshPaths } from '../runtime/mesh-paths.js';

/** Where things lie on the machine, before they are mounted for pods. */
export interface MachinePaths {
  readonly repository: string;
  readonly data: string;
  readonly node: string;
  readonly envoy?: string;
}

/**
 * Makes `/run/localmesh` in the supervisor's own mount namespace and mounts there what pods need. Processes of other user
 * ids reach it although the repository may lie in a home folder that only its owner may enter.
 */
export async function makeSharedRoot(machine: MachinePaths): Promise<MeshPaths> {
  const paths = sharedPaths(machine.envoy !== undefined);
  const resolvConf = await realpath('/etc/resolv.conf').catch(() => undefined);
  await runCommand(['mount', '-t', 'tmpfs', '-o', 'mode=755', 'tmpfs', dirname(sharedRoot)]);
  if (resolvConf?.startsWith(dirname(sharedRoot)) === true) await makeEmptyFile(resolvConf);
  await bindFolder(machine.repository, paths.repository);
  await bindFolder(machine.data, paths.data);
  await bindFile(machine.node, paths.node);
  if (machine.envoy !== undefined && paths.envoy !== undefined) await bindFile(machine.envoy, paths.envoy);
  return paths;
}

/** The same paths where nothing can be mounted: everything stays where it is. */
export function localPaths({ repository, data, node, envoy }: MachinePaths): MeshPaths {
  return { repository, data, node, envoy, bundles: join(data, 'bundles'), bin: join(data, 'bin') };
}

/** The commands that every container finds on its PATH: name and program. */
export async function writeCommands(paths: MeshPaths, commands: readonly Command[]): Promise<void> {
  await mkdir(paths.bin, { recursive: true });
  for (const { name, program } of commands) await writeCommand(paths, { name, program });
  await link(paths.node, join(paths.bin, 'node'));
  if (paths.envoy !== undefined) await link(paths.envoy, join(paths.bin, 'envoy'));
}

/** One of these commands, whole at any time: others may be running it. */
export async function writeCommand({ bin, node }: MeshPaths, { name, program }: Command): Promise<void> {
  const draft = join(bin, `.${name}`);
  await writeFile(draft, `#!/bin/sh\nexec '${node}' '${program}' "$@"\n`);
  await chmod(draft, 0o755);
  await rename(draft, join(bin, name));
}

interface Command {
  readonly name: string;
  readonly program: string;
}

async function link(target: string, path: string): Promise<void> {
  await symlink(target, path).catch((cause: unknown) => {
    if (!hasErrno(cause, 'EEXIST')) throw cause;
  });
}

/** Many systems keep resolv.conf below `/run`: each pod mounts its own there, so something must be at that place. */
async function makeEmptyFile(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '');
}

async function bindFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await runCommand(['mount', '--bind', from, to]);
}

async function bindFile(from: string, to: string): Promise<void> {
  await makeEmptyFile(to);
  await runCommand(['mount', '--bind', from, to]);
}
