import { chmod, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
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
  await writeCommands(paths);
  return paths;
}

/** The same paths where nothing can be mounted: everything stays where it is. */
export async function localPaths({ repository, data, node, envoy }: MachinePaths): Promise<MeshPaths> {
  const paths = { repository, data, node, envoy, bin: join(data, 'bin') };
  await writeCommands(paths);
  return paths;
}

/** The commands that every container finds on its PATH. */
export async function writeCommands(paths: MeshPaths): Promise<void> {
  await mkdir(paths.bin, { recursive: true });
  const bundles = {
    istiod: 'apps/istiod/dist/istiod.js',
    'pilot-agent': 'apps/agent/dist/pilot-agent.js',
    gateway: 'apps/gateway/dist/gateway.js',
  };
  for (const [name, bundle] of Object.entries(bundles)) {
    const file = join(paths.bin, name);
    await writeFile(file, `#!/bin/sh\nexec '${paths.node}' '${join(paths.repository, bundle)}' "$@"\n`);
    await chmod(file, 0o755);
  }
  await link(paths.node, join(paths.bin, 'node'));
  if (paths.envoy !== undefined) await link(paths.envoy, join(paths.bin, 'envoy'));
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
