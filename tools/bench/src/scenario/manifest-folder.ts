import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ManifestFile } from './mesh-manifests.js';

/** A temporary folder of manifests that a control plane watches. */
export class ManifestFolder {
  private constructor(private readonly root: string) {}

  static async create(files: readonly ManifestFile[]): Promise<ManifestFolder> {
    const folder = new ManifestFolder(await mkdtemp(join(tmpdir(), 'istio-ts-bench-')));
    await mkdir(folder.path, { recursive: true });
    for (const file of files) await folder.write(file);
    return folder;
  }

  /** The folder to watch. */
  get path(): string {
    return join(this.root, 'manifests');
  }

  /** A place for other files of this run, removed with the folder. */
  beside(name: string): string {
    return join(this.root, name);
  }

  /** Puts a file in place in one step, as an editor that writes safely does. */
  async write({ path, text }: ManifestFile): Promise<void> {
    const target = join(this.path, path);
    await mkdir(dirname(target), { recursive: true });
    const draft = join(this.root, 'draft');
    await writeFile(draft, text);
    await rename(draft, target);
  }

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
