import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/** What the repository's own search says: the path of a fit Envoy, or why there is none and what to do. */
export interface EnvoySearch {
  readonly repository: string;
  readonly node: string;
  /** Progress, a line each: a first use fetches Envoy. */
  readonly say: (line: string) => void;
}

/** The Envoy of `$ENVOY_BIN`, of PATH, or the pinned one, fetched on first use. An `ENVOY` error says why there is none. */
export async function findEnvoyBinary(
  { repository, node, say }: EnvoySearch,
  signal: AbortSignal,
): Promise<string> {
  const search = join(repository, 'tools/envoy/src/find-envoy.mjs');
  const child = spawn(node, [search], { stdio: ['ignore', 'pipe', 'pipe'], signal });
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    for (const line of words.split('\n').filter((each) => each !== '')) {
      if (lines.length > 0) say(lines.at(-1) ?? '');
      lines.push(line);
    }
  });
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code ?? undefined));
  });
  const [path, status] = await Promise.all([text(child.stdout), ended]);
  if (status === 0) return path.trim();
  const reason = lines.at(-1)?.replace(/^envoy: /, '') ?? `the search (${search}) could not be run`;
  throw new MeshError(MeshErrorCode.Envoy, `no Envoy: ${reason}`);
}
