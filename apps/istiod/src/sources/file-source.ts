import type { Clock, Issue, MeshError } from '@istio-ts/foundation';
import type { Resource } from '@istio-ts/config-model';
import type { ConfigSource, SourceSink, SourceUpdate } from './config-source.js';
import { readManifestFile, type FileReading } from './manifest-file.js';
import { ManifestOverlay, type FilePlace } from './manifest-overlay.js';
import { WatchedFolder, type FolderScan } from './watched-folder.js';

/** An object that a file loses is believed lost when the file still says so this much later: editors truncate and rename. */
export const confirmLossMs = 100;
/** How often everything is looked at, whatever watching says. */
const rescanMs = 10_000;
/** How often a folder is looked for that is away. */
const seekMs = 500;
/** Events of one edit arrive together. */
const gatherMs = 3;

export interface FileSourceOptions {
  /** In order: an object of a later folder replaces that of an earlier one. */
  readonly folders: readonly string[];
  readonly clusterId: string;
  /** The Istio release whose checks hold, as the objects themselves may say: `find` looks among them by key. */
  readonly compatibilityVersion: (find: (key: string) => Resource | undefined) => string;
  readonly clock: Clock;
}

interface Doubt {
  readonly place: FilePlace;
  readonly dueMs: number;
}

/**
 * Folders of ordinary manifests, watched. Each changed file is read alone; a broken one keeps its last good objects, a
 * folder that vanishes keeps all of them.
 */
export class FileSource implements ConfigSource {
  readonly name = 'files';
  private readonly overlay = new ManifestOverlay();
  private readonly folders: readonly WatchedFolder[];
  private readonly problems = new Map<string, Issue>();
  /** Files that lost objects, or are gone, since a moment ago. */
  private readonly doubts = new Map<string, Doubt>();
  private working: Promise<void> = Promise.resolve();
  private running = false;
  private dueMs = Infinity;
  private version: string;

  constructor(private readonly options: FileSourceOptions) {
    this.version = options.compatibilityVersion(() => undefined);
    this.folders = options.folders.map((folder) => new WatchedFolder(folder, () => this.wakeAfter(gatherMs)));
  }

  private sink: SourceSink = () => undefined;

  async run(signal: AbortSignal, sink: SourceSink): Promise<void> {
    await this.look(true, true);
    if (this.versionChanged()) await this.look(true, true);
    sink(this.takeUpdate());
    if (signal.aborted) return;
    this.sink = sink;
    this.running = true;
    this.rescanLater();
    signal.addEventListener('abort', () => {
      this.running = false;
      for (const folder of this.folders) folder.close();
    });
    this.enqueue(true);
  }

  private rescanLater(): void {
    this.options.clock.setTimer(rescanMs, () => {
      if (!this.running) return;
      this.enqueue(true);
      this.rescanLater();
    });
  }

  private wakeAfter(delayMs: number): void {
    const { clock } = this.options;
    const dueMs = clock.nowMs() + delayMs;
    if (!this.running || dueMs >= this.dueMs) return;
    this.dueMs = dueMs;
    clock.setTimer(delayMs, () => {
      this.dueMs = Infinity;
      this.enqueue(false);
    });
  }

  /** One look at a time, in order. */
  private enqueue(everywhere: boolean): void {
    this.working = this.working.then(async () => {
      if (!this.running || !(await this.look(everywhere, false))) return;
      if (this.versionChanged()) await this.look(true, false);
      this.sink(this.takeUpdate());
    });
  }

  /** Other checks hold now: every file is to be read again. */
  private versionChanged(): boolean {
    const version = this.options.compatibilityVersion((key) => this.overlay.find(key));
    if (version === this.version) return false;
    this.version = version;
    for (const folder of this.folders) folder.forgetContents();
    return true;
  }

  private takeUpdate(): SourceUpdate {
    const { changes, issues } = this.overlay.take();
    return { changes, issues: [...this.problems.values(), ...issues] };
  }

  /** Reads what changed; tells whether anything is different. `believe`: there is no earlier state to protect. */
  private async look(everywhere: boolean, believe: boolean): Promise<boolean> {
    let different = false;
    for (const [index, folder] of this.folders.entries()) {
      const scan = await folder.scan(everywhere);
      if (this.noteProblem(folder.root, scan.problem)) different = true;
      if (scan.problem !== undefined) this.wakeAfter(seekMs);
      if (await this.readChanged(index, scan, believe)) different = true;
    }
    return (await this.settleDoubts()) || different;
  }

  private async readChanged(
    folder: number,
    { changed, gone }: FolderScan,
    believe: boolean,
  ): Promise<boolean> {
    for (const path of changed) {
      const reading = await this.read(path, believe);
      if (reading === undefined || (reading.lost.length > 0 && !believe)) this.doubt({ folder, path });
      else this.doubts.delete(path);
      if (reading !== undefined) {
        const { lost, resources, issues } = reading;
        this.overlay.put(
          { folder, path },
          { issues, resources: believe ? resources : [...resources, ...lost] },
        );
      }
    }
    for (const path of gone) this.doubt({ folder, path });
    return changed.length > 0;
  }

  private read(file: string, believe = false): Promise<FileReading | undefined> {
    const { clusterId: cluster } = this.options;
    const options = { file, source: this.name, cluster, compatibilityVersion: this.version };
    return readManifestFile(believe ? undefined : this.overlay.content(file), options);
  }

  private doubt(place: FilePlace): void {
    this.doubts.set(place.path, { place, dueMs: this.options.clock.nowMs() + confirmLossMs });
    this.wakeAfter(confirmLossMs);
  }

  /** Losses that still stand after their time are believed, unless the whole folder is away. */
  private async settleDoubts(): Promise<boolean> {
    const nowMs = this.options.clock.nowMs();
    const due = [...this.doubts.values()].filter(
      ({ place, dueMs }) => dueMs <= nowMs && !this.problems.has(this.folders[place.folder]?.root ?? ''),
    );
    for (const { place } of due) {
      this.doubts.delete(place.path);
      this.overlay.put(place, await this.read(place.path));
    }
    if (this.doubts.size > 0) this.wakeAfter(confirmLossMs);
    return due.length > 0;
  }

  private noteProblem(root: string, problem: MeshError | undefined): boolean {
    if (problem === undefined) return this.problems.delete(root);
    const message = `${problem.message}; what was read from it before stays in force`;
    if (this.problems.get(root)?.message === message) return false;
    this.problems.set(root, {
      code: 'FOLDER_UNREADABLE',
      severity: 'error',
      message,
      position: { file: root },
    });
    return true;
  }
}
