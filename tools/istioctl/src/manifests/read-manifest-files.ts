import { MeshError } from '@istio-ts/foundation';
import type { Io } from '../io.js';

/** A text of manifests and what it is called. */
export interface ManifestFile {
  readonly name: string;
  readonly text: string;
}

const manifestName = /\.(?:ya?ml|json)$/iu;

/**
 * The texts that are meant by names of files and folders; `-` is standard input. Of a folder the manifests count, by their
 * endings, in the order of their names; with `recursive` those of folders inside as well.
 * Rejects with a MeshError where something cannot be read.
 */
export async function readManifestFiles(
  paths: readonly string[],
  { io, recursive }: { readonly io: Io; readonly recursive: boolean },
): Promise<readonly ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const path of paths) {
    for (const name of await namesUnder(path, { io, recursive })) files.push(await readOne(name, io));
  }
  return files;
}

async function readOne(name: string, io: Io): Promise<ManifestFile> {
  if (name === '-') return { name, text: await io.readStdin() };
  return { name, text: await reach(name, () => io.readFile(name)) };
}

async function namesUnder(
  path: string,
  options: { readonly io: Io; readonly recursive: boolean },
): Promise<readonly string[]> {
  if (path === '-') return [path];
  const entries = await reach(path, () => options.io.listFolder(path));
  if (entries === undefined) return [path];
  const folder = path.replace(/\/+$/u, '');
  const names: string[] = [];
  for (const { name, isFolder } of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = `${folder}/${name}`;
    if (!isFolder && manifestName.test(name)) names.push(inside);
    if (isFolder && options.recursive) names.push(...(await namesUnder(inside, options)));
  }
  return names;
}

async function reach<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw MeshError.from(cause, `reading ${path}`);
  }
}
