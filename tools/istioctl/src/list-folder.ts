import { readdir, stat } from 'node:fs/promises';
import type { FolderEntry } from './io.js';

/** As `Io.listFolder`; links count as what they lead to. */
export async function listFolder(path: string): Promise<readonly FolderEntry[] | undefined> {
  if (!(await stat(path)).isDirectory()) return undefined;
  const entries = await readdir(path, { withFileTypes: true });
  return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}
