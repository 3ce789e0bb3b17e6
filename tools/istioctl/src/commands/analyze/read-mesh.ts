import { parseDurationMs } from '@istio-ts/config-model';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { AnalyzeInvocation } from './analyze-flags.js';

/**
 * The objects of the running mesh; undefined where they are not wanted, or where there are files to look at and no mesh
 * answers, which is said. Without files a mesh that does not answer rejects with a MeshError.
 */
export async function readMesh(invocation: AnalyzeInvocation): Promise<readonly unknown[] | undefined> {
  const { flags, positionals, global, io } = invocation;
  if (!flags['use-kube']) {
    if (positionals.length > 0) return undefined;
    throw new MeshError(MeshErrorCode.Usage, 'without the running mesh there have to be files to analyze');
  }
  try {
    return await withinTimeout(invocation, io.openMesh(global.mesh).objects());
  } catch (error) {
    if (positionals.length === 0) throw error;
    io.writeError('No mesh answers, so the files are looked at alone (which --use-kube=false asks for).\n');
    return undefined;
  }
}

/** An answer of the mesh; rejects with a MeshError where it does not come in time. */
export function withinTimeout<T>({ flags }: AnalyzeInvocation, answer: Promise<T>): Promise<T> {
  return withinMs(answer, readTimeout(flags.timeout ?? '30s'));
}

function readTimeout(text: string): number {
  const limitMs = parseDurationMs(text);
  if (limitMs !== undefined) return limitMs;
  throw new MeshError(
    MeshErrorCode.Usage,
    `invalid argument "${text}" for "--timeout" flag: it wants a duration such as 30s`,
  );
}

async function withinMs<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const ended = new AbortController();
  const timer = new Promise<never>((_, reject) => {
    const timeout = setTimeout(() => {
      reject(new MeshError(MeshErrorCode.Unavailable, `the mesh did not answer within ${limitMs} ms`));
    }, limitMs);
    ended.signal.addEventListener('abort', () => {
      clearTimeout(timeout);
    });
  });
  try {
    return await Promise.race([work, timer]);
  } finally {
    ended.abort();
  }
}
