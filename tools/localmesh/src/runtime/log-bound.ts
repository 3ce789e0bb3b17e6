import { copyFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/** A log may grow to this; then it becomes `<name>.log.1`, in place of the one before. */
export const longestLogBytes = 10 << 20;
const lookMs = 5000;

/** Keeps the logs of a folder bounded until the signal aborts. */
export function boundLogs(folder: string, signal: AbortSignal): void {
  const timer = setInterval(() => void rotateLogs(folder, longestLogBytes), lookMs);
  signal.addEventListener('abort', () => clearInterval(timer));
}

/**
 * Copies logs that are too long away and empties them. Processes write to them by descriptors of their own, at the end
 * wherever that is: a file that is renamed would go on growing. A line that is written in between may be lost.
 */
export async function rotateLogs(folder: string, longestBytes: number): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  for (const name of names.filter((each) => each.endsWith('.log'))) {
    const file = join(folder, name);
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size <= longestBytes) continue;
    // Without room for a copy the old lines go: a bound that holds only on large disks is none.
    await copyFile(file, `${file}.1`).catch(() => undefined);
    await truncate(file).catch(() => undefined);
  }
}
