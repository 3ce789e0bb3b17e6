import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Longer paths do not fit into a socket address. */
const longestPath = 90;

/** The Unix socket on which the local mesh of a data folder is commanded; localmesh makes the path in the same way. */
export function controlSocket(data: string): string {
  const inData = join(resolve(data), 'run', 'control.sock');
  if (inData.length <= longestPath) return inData;
  const short = createHash('sha256').update(resolve(data)).digest('hex').slice(0, 12);
  return join(tmpdir(), `istio-ts-${String(process.getuid?.() ?? 0)}-${short}`, 'control.sock');
}
