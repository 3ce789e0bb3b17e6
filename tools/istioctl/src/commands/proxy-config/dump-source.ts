import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { textFlag, type FlagTable } from '../../command/flags.js';
import type { Invocation, Positional } from '../../command/define-command.js';
import type { Io } from '../../io.js';
import { parseConfigDump, type ConfigDump } from '../../dump/config-dump.js';
import { findWorkload } from '../../mesh/find-workload.js';
import type { MeshAccess, MeshPod } from '../../mesh/mesh-access.js';

/** Flags and argument of every command that looks into one proxy: a running one, or a dump in a file. */
export const sourceFlags = {
  file: textFlag('FILE', "Envoy's configuration dump instead of a running proxy; - is standard input", 'f'),
} as const;

export const workload: Positional = {
  name: 'workload',
  description: 'POD[.NAMESPACE] or deploy/NAME[.NAMESPACE]',
};

type SourceFlags = { readonly file: string | undefined };
/** What a command with `sourceFlags` is called with. */
export type SourceInvocation = Pick<Invocation<FlagTable>, 'positionals' | 'global' | 'io'> & {
  readonly flags: SourceFlags;
};

/** The text that a file or a proxy's admin interface gives, and where it comes from. */
export interface ProxyAnswer {
  readonly text: string;
  readonly source: string;
}

/**
 * @param path of the admin interface, `config_dump`
 * @throws MeshError (USAGE) where neither a workload nor a file was named, or both were
 */
export async function readProxy(invocation: SourceInvocation, path: string): Promise<ProxyAnswer> {
  const { flags, positionals, io } = invocation;
  const [reference] = positionals;
  if ((reference === undefined) === (flags.file === undefined))
    throw new MeshError(
      MeshErrorCode.Usage,
      'name either a workload (POD or deploy/NAME) or a file with --file',
    );
  if (flags.file !== undefined) return { text: await readInput(io, flags.file), source: flags.file };
  const { mesh, pod } = await openWorkload(invocation, reference ?? '');
  return { text: await mesh.askProxy(pod, { method: 'GET', path }), source: pod.name };
}

/** As `readProxy`, for the configuration dump. */
export async function readDump(invocation: SourceInvocation, path = 'config_dump'): Promise<ConfigDump> {
  const { text, source } = await readProxy(invocation, path);
  return parseConfigDump(text, source);
}

/** The mesh, and the pod in it that a reference means. */
export async function openWorkload(
  { global, io }: Pick<SourceInvocation, 'global' | 'io'>,
  reference: string,
): Promise<{ readonly mesh: MeshAccess; readonly pod: MeshPod }> {
  const mesh = io.openMesh(global.mesh);
  return { mesh, pod: findWorkload(await mesh.pods(), reference, global.namespace) };
}

/** A file, or standard input for `-`. */
export async function readInput(io: Io, file: string): Promise<string> {
  if (file === '-') return io.readStdin();
  try {
    return await io.readFile(file);
  } catch (cause) {
    throw MeshError.from(cause, 'reading the file');
  }
}
