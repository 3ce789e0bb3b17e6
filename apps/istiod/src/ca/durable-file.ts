import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/**
 * Writes a file that is there whole or not at all, also after a crash: beside it, flushed, then renamed. Throws a
 * MeshError that says what to do; DISK_FULL where there is no room.
 */
export async function writeDurably(path: string, content: string, mode: number): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`;
  try {
    await rm(beside, { force: true });
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (thrown) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw writeFailure(thrown, path);
  }
}

/** What is said when a file of the data folder cannot be written. */
export function writeFailure(thrown: unknown, path: string): MeshError {
  const error = MeshError.from(thrown, `writing ${path}`);
  if (error.code !== MeshErrorCode.DiskFull) return error;
  const message = `the disk is full: ${path} cannot be written; free some space on ${dirname(path)}, or choose another --data-dir`;
  return new MeshError(MeshErrorCode.DiskFull, message, { cause: error });
}
