import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MeshError, type Logger } from '@istio-ts/foundation';

/**
 * The text of each manifest file as it was when it was last read completely, kept over restarts: what a file or a folder
 * said before still counts where it cannot be read when istiod starts. Writing goes on behind; a text that was not kept
 * in time costs no more than an older one. Several istiods may share a folder.
 */
export class LastGood {
  /** Path of the manifest file → hash of the text that is kept. */
  private readonly kept = new Map<string, string>();
  /** What is still to be written; no text: to be forgotten. */
  private readonly pending = new Map<string, string | undefined>();
  private working: Promise<void> | undefined;

  constructor(
    private readonly folder: string,
    private readonly logger: Logger,
  ) {}

  /** Learns what an earlier run kept of the files below these folders; what is kept of others is dropped. */
  async open(roots: readonly string[]): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 }).catch((thrown: unknown) => {
      throw MeshError.from(thrown, `the folder ${this.folder} cannot be made (--data-dir)`);
    });
    const names = (await readdir(this.folder)).filter((name) => !name.startsWith('.'));
    for (const name of names) {
      const header = await readHeader(join(this.folder, name));
      if (header === undefined || nameOf(header.path) !== name) continue;
      this.kept.set(header.path, header.hash);
      if (!roots.some((root) => isBelow(header.path, root))) this.forget(header.path);
    }
  }

  /** The files below a folder of manifests of which something is kept. */
  below(root: string): readonly string[] {
    return [...this.kept.keys()].filter((path) => isBelow(path, root));
  }

  /** The text that is kept of a file, unless it is `text`: then there is nothing to add to that. */
  async differingFrom(text: string | undefined, path: string): Promise<string | undefined> {
    const hash = this.kept.get(path);
    if (hash === undefined || (text !== undefined && hashOf(text) === hash)) return undefined;
    const whole = await readFile(join(this.folder, nameOf(path)), 'utf8').catch(() => '');
    const kept = whole.slice(whole.indexOf('\n') + 1);
    return hashOf(kept) === hash ? kept : undefined;
  }

  keep(path: string, text: string): void {
    this.pending.set(path, text);
    this.write();
  }

  forget(path: string): void {
    this.pending.set(path, undefined);
    this.write();
  }

  /** Writes nothing more. */
  close(): void {
    this.pending.clear();
  }

  /** Resolves when everything that was handed over is written. */
  async written(): Promise<void> {
    await this.working;
  }

  private write(): void {
    this.working ??= this.writePending().finally(() => (this.working = undefined));
  }

  /** One file at a time: proxies come first. */
  private async writePending(): Promise<void> {
    for (const [path, text] of this.pending) {
      this.pending.delete(path);
      try {
        await this.writeOne(path, text);
      } catch (thrown) {
        const reason = MeshError.from(thrown).message;
        this.logger.warn('a file is not remembered for the next start', { path, reason });
      }
    }
  }

  private async writeOne(path: string, text: string | undefined): Promise<void> {
    const file = join(this.folder, nameOf(path));
    if (text === undefined) {
      if (this.kept.delete(path)) await rm(file, { force: true });
      return;
    }
    const hash = hashOf(text);
    if (this.kept.get(path) === hash) return;
    const draft = join(this.folder, `.${randomUUID()}`);
    await writeFile(draft, `${JSON.stringify({ path, hash })}\n${text}`, { mode: 0o600 });
    await rename(draft, file);
    this.kept.set(path, hash);
  }
}

interface Header {
  readonly path: string;
  readonly hash: string;
}

/** Longer than any path may be. */
const headerBytes = 8192;

async function readHeader(file: string): Promise<Header | undefined> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(headerBytes) });
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 1);
    const header: unknown = JSON.parse(line);
    return isHeader(header) ? header : undefined;
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('hash' in value)) return false;
  return typeof value.path === 'string' && typeof value.hash === 'string';
}

function isBelow(path: string, root: string): boolean {
  return path.startsWith(join(root, sep));
}

function nameOf(path: string): string {
  return hashOf(path);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
