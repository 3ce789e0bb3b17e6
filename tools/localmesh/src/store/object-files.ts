import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { keyOf, isKubeObject, renderKey, type KubeObject, type ObjectKey } from './kube-object.js';

/**
 * A folder with one file per object, written by rename so that a reader never sees half of one. The file's name is made
 * of the key: `virtualservice.istioinaction.catalog.yaml`.
 */
export class ObjectFiles {
  readonly #texts = new Map<string, string>();
  readonly #objects = new Map<string, KubeObject>();

  constructor(readonly folder: string) {}

  get objects(): readonly KubeObject[] {
    return [...this.#objects.values()];
  }

  /** Reads what an earlier run left. A file that cannot be read is left alone and skipped. */
  async load(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of (await readdir(this.folder)).filter((entry) => entry.endsWith('.yaml'))) {
      const text = await readFile(join(this.folder, name), 'utf8');
      const object: unknown = parse(text);
      if (!isKubeObject(object)) continue;
      this.#objects.set(renderKey(keyOf(object)), object);
      this.#texts.set(name, text);
    }
  }

  /** Stores an object; answers whether the file changed. */
  async put(object: KubeObject): Promise<boolean> {
    const key = keyOf(object);
    const name = fileName(key);
    const text = stringify(object, { lineWidth: 0 });
    const isNew = this.#texts.get(name) !== text;
    if (isNew) await this.#write(name, text);
    this.#objects.set(renderKey(key), object);
    this.#texts.set(name, text);
    return isNew;
  }

  async #write(name: string, text: string): Promise<void> {
    const draft = join(this.folder, `.${name}.new`);
    try {
      await writeFile(draft, text);
      await rename(draft, join(this.folder, name));
    } catch (thrown) {
      await rm(draft, { force: true });
      throw thrown;
    }
  }

  async delete(key: ObjectKey): Promise<boolean> {
    const known = this.#objects.delete(renderKey(key));
    this.#texts.delete(fileName(key));
    await rm(join(this.folder, fileName(key)), { force: true });
    return known;
  }

  /** Makes the folder hold exactly these objects. */
  async replaceAll(objects: readonly KubeObject[]): Promise<void> {
    const wanted = new Set(objects.map((object) => renderKey(keyOf(object))));
    for (const object of objects) await this.put(object);
    for (const [id, object] of this.#objects) if (!wanted.has(id)) await this.delete(keyOf(object));
  }
}

function fileName({ kind, namespace, name }: ObjectKey): string {
  return `${[kind.toLowerCase(), namespace, name].filter((part) => part !== '').join('.')}.yaml`;
}
