import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Longer paths do not fit into a socket address. */
const longestPath = 90;

/** A Unix socket of the mesh that keeps its data in a folder: in that folder, or where its path is too long, a short one. */
export function socketPath(data: string, name: string): string {
  const inData = join(resolve(data), 'run', `${name}.sock`);
  if (inData.length <= longestPath) return inData;
  const short = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 12);
  return join(tmpdir(), `istio-ts-${String(process.getuid?.() ?? 0)}-${short}`, `${name}.sock`);
}
