import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { MeshError } from '@istio-ts/foundation';

const manifestExtensions: ReadonlySet<string> = new Set(['.yaml', '.yml', '.json']);

interface Directory {
  watcher: FSWatcher | undefined;
  /** Path → what tells one content from another without reading it. */
  files: Map<string, string>;
  children: Set<string>;
}

/** What a look at the folder found. */
export interface FolderScan {
  readonly changed: readonly string[];
  readonly gone: readonly string[];
  /** Why the folder itself cannot be read; everything in it keeps its last state. */
  readonly problem: MeshError | undefined;
}

/**
 * The manifest files below one folder. Directories are watched one by one; a look at the whole tree from time to time
 * finds what watching missed. Names that begin with a dot are passed over.
 */
export class WatchedFolder {
  private readonly directories = new Map<string, Directory>();
  private readonly stale = new Set<string>();
  private away = false;

  constructor(
    readonly root: string,
    private readonly onEvent: () => void,
  ) {}

  /** Looks where something happened, or everywhere; a folder that was away is looked through whole. */
  async scan(everywhere: boolean): Promise<FolderScan> {
    const changed: string[] = [];
    const gone: string[] = [];
    const places = everywhere || this.away ? [this.root, ...this.directories.keys()] : [...this.stale];
    this.stale.clear();
    try {
      for (const place of new Set(places)) await this.look(place, { changed, gone });
      this.away = false;
      return { changed, gone, problem: undefined };
    } catch (thrown) {
      this.away = true;
      this.unwatch();
      return { changed: [], gone: [], problem: MeshError.from(thrown, `reading the folder ${this.root}`) };
    }
  }

  /** Whether files are still as the last look found them; where one is not, the next look comes by. */
  async areAsFound(paths: readonly string[]): Promise<boolean> {
    const entries = await Promise.all(paths.map(describe));
    const moved = entries.filter(
      ({ path, stamp }) => this.directories.get(dirname(path))?.files.get(path) !== stamp,
    );
    for (const { path } of moved) this.stale.add(dirname(path));
    return moved.length === 0;
  }

  /** Files that are taken for present until a look says otherwise. */
  expect(paths: readonly string[]): void {
    for (const path of paths) {
      const directory = this.directories.get(dirname(path)) ?? emptyDirectory();
      directory.files.set(path, '');
      this.directories.set(dirname(path), directory);
    }
  }

  /** Every file counts as changed at the next look everywhere. */
  forgetContents(): void {
    for (const { files } of this.directories.values()) for (const path of files.keys()) files.set(path, '');
  }

  close(): void {
    this.unwatch();
  }

  private async look(path: string, found: { changed: string[]; gone: string[] }): Promise<void> {
    const names = await readdir(path).catch((thrown: unknown) => {
      if (path === this.root || !isAbsent(thrown)) throw thrown;
      return undefined;
    });
    if (names === undefined) {
      this.drop(path, found.gone);
      return;
    }
    const directory = this.directories.get(path) ?? emptyDirectory();
    this.directories.set(path, directory);
    directory.watcher ??= this.watch(path);
    const visible = names.filter((name) => !name.startsWith('.')).sort();
    const entries = await Promise.all(visible.map((name) => describe(join(path, name))));
    await this.compare(directory, entries, found);
  }

  private async compare(
    directory: Directory,
    entries: readonly Entry[],
    found: { changed: string[]; gone: string[] },
  ): Promise<void> {
    const files = new Map(entries.flatMap(({ path, stamp }) => (stamp === undefined ? [] : [[path, stamp]])));
    for (const [path, stamp] of files) if (directory.files.get(path) !== stamp) found.changed.push(path);
    for (const path of directory.files.keys()) if (!files.has(path)) found.gone.push(path);
    directory.files = files;
    const children = new Set(entries.filter(({ isDirectory }) => isDirectory).map(({ path }) => path));
    for (const child of directory.children) if (!children.has(child)) this.drop(child, found.gone);
    directory.children = children;
    for (const child of children) if (!this.directories.has(child)) await this.look(child, found);
  }

  private drop(path: string, gone: string[]): void {
    const directory = this.directories.get(path);
    if (directory === undefined) return;
    directory.watcher?.close();
    this.directories.delete(path);
    gone.push(...directory.files.keys());
    for (const child of directory.children) this.drop(child, gone);
  }

  /** A folder that cannot be watched is still looked at from time to time. */
  private watch(path: string): FSWatcher | undefined {
    const touch = (): void => {
      this.stale.add(path);
      this.onEvent();
    };
    try {
      return watch(path, { persistent: false }, touch).on('error', touch);
    } catch {
      return undefined;
    }
  }

  private unwatch(): void {
    for (const directory of this.directories.values()) {
      directory.watcher?.close();
      directory.watcher = undefined;
    }
  }
}

function emptyDirectory(): Directory {
  return { watcher: undefined, files: new Map(), children: new Set() };
}

function isAbsent(thrown: unknown): boolean {
  return (
    thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')
  );
}

interface Entry {
  readonly path: string;
  readonly isDirectory: boolean;
  readonly stamp: string | undefined;
}

async function describe(path: string): Promise<Entry> {
  const found = await stat(path).catch(() => undefined);
  const isManifest = found?.isFile() === true && manifestExtensions.has(extname(path));
  const stamp = isManifest ? `${found.mtimeMs}:${found.size}:${found.ino}` : undefined;
  return { path, isDirectory: found?.isDirectory() === true, stamp };
}
