import { watch, type FSWatcher } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IssueCode } from '@istio-ts/config-model';
import { MeshError, type Issue, type Result } from '@istio-ts/foundation';
import type { KubeObject } from './kube-object.js';
import { parseManifest } from './manifest-text.js';

/** An object and the file that it was read from. */
export interface FolderObject {
  readonly object: KubeObject;
  readonly file: string;
}

const isManifest = (name: string) => /\.(ya?ml|json)$/.test(name) && !name.split('/').at(-1)?.startsWith('.');
const quietMs = 30;

/**
 * The objects of a folder of manifests, kept up to date. A file that cannot be read or parsed keeps its last good objects;
 * a file that is gone takes its objects with it; a folder that vanished as a whole keeps everything.
 */
export class ManifestFolder {
  readonly #good = new Map<string, readonly KubeObject[]>();
  readonly #texts = new Map<string, string>();
  #issues: readonly Issue[] = [];
  #watchers: FSWatcher[] = [];

  constructor(readonly folder: string) {}

  get objects(): readonly FolderObject[] {
    return [...this.#good].flatMap(([file, objects]) => objects.map((object) => ({ object, file })));
  }

  /** What is wrong with the files as they are now. */
  get issues(): readonly Issue[] {
    return this.#issues;
  }

  /** Reads what changed since the last reading. Answers whether anything did. */
  async read(): Promise<boolean> {
    const names = await listManifests(this.folder);
    if (names === undefined) return false;
    const issues: Issue[] = [];
    let changed = false;
    for (const name of names) changed = (await this.#readFile(join(this.folder, name), issues)) || changed;
    const present = new Set(names.map((name) => join(this.folder, name)));
    for (const file of [...this.#good.keys()].filter((known) => !present.has(known))) {
      this.#good.delete(file);
      this.#texts.delete(file);
      changed = true;
    }
    this.#issues = issues;
    return changed;
  }

  /** Calls back once after each burst of changes, until the signal aborts. */
  watch(onChange: () => void, signal: AbortSignal): void {
    let timer: NodeJS.Timeout | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, quietMs);
    };
    this.#watchers.push(watch(this.folder, { recursive: true, signal }, soon));
    signal.addEventListener('abort', () => clearTimeout(timer));
  }

  async #readFile(file: string, issues: Issue[]): Promise<boolean> {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => cause);
    if (typeof text !== 'string') {
      issues.push(unreadable(file, text));
      return false;
    }
    if (this.#texts.get(file) === text && this.#good.has(file)) return false;
    const parsed: Result<readonly KubeObject[]> = parseManifest(text, { file, namespace: 'default' });
    if (!parsed.ok) {
      issues.push(...parsed.error);
      return false;
    }
    this.#texts.set(file, text);
    this.#good.set(file, parsed.value);
    return true;
  }
}

async function listManifests(folder: string): Promise<readonly string[] | undefined> {
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  return names?.filter(isManifest).sort();
}

function unreadable(file: string, cause: unknown): Issue {
  const { message } = MeshError.from(cause);
  return {
    code: IssueCode.Unreadable,
    severity: 'error',
    message: `cannot be read: ${message}`,
    position: { file },
  };
}
