import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/**
 * Writes a file that is there whole or not at all, also after a crash: beside it, flushed, then renamed. Throws a
 * MeshError that says what to do; DISK_FULL where there is no room.
 */
export async function writeDurably(path: string, content: string, mode: number): Promise<void> {
  await throughFileBeside({ path, content, mode }, (beside) => rename(beside, path));
}

/** The same for a file that several may want to make at once: the first one's stands, and is what all of them get. */
export async function writeOnce(path: string, content: string, mode: number): Promise<string> {
  await throughFileBeside({ path, content, mode }, (beside) => link(beside, path).catch(ignoreExisting));
  return readFile(path, 'utf8');
}

async function throughFileBeside(
  { path, content, mode }: { readonly path: string; readonly content: string; readonly mode: number },
  put: (beside: string) => Promise<void>,
): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(beside, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await put(beside);
  } catch (thrown) {
    throw writeFailure(thrown, path);
  } finally {
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

function ignoreExisting(thrown: unknown): void {
  if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST')) throw thrown;
}

/** What is said when a file of the data folder cannot be written. */
export function writeFailure(thrown: unknown, path: string): MeshError {
  const error = MeshError.from(thrown, `writing ${path}`);
  if (error.code !== MeshErrorCode.DiskFull) return error;
  const message = `the disk is full: ${path} cannot be written; free some space on ${dirname(path)}, or choose another --data-dir`;
  return new MeshError(MeshErrorCode.DiskFull, message, { cause: error });
}
