import { normalize } from 'node:path';
import type { Clock, Issue, MeshError } from '@istio-ts/foundation';
import { parseManifests, type ManifestOptions, type Resource } from '@istio-ts/config-model';
import { checkJson } from '@istio-ts/xds-types/json';
import type { ConfigSource, SourceSink, SourceUpdate } from './config-source.js';
import type { LastGood } from './last-good.js';
import { readManifestFile, type FileReading } from './manifest-file.js';
import { ManifestOverlay, type FileContent, type FilePlace } from './manifest-overlay.js';
import { WatchedFolder, type FolderScan } from './watched-folder.js';

/** An object that a file loses is believed lost when the file still says so this much later: editors truncate and rename. */
export const confirmLossMs = 100;
/** How often everything is looked at, whatever watching says. */
const rescanMs = 10_000;
/** How often a folder is looked for that is away. */
const seekMs = 500;
/** How often an edit is followed that goes on while it is read. */
const mostRounds = 50;
/** Events of one edit arrive together. */
const gatherMs = 3;

export interface FileSourceOptions {
  /** In order: an object of a later folder replaces that of an earlier one. */
  readonly folders: readonly string[];
  readonly clusterId: string;
  /** The Istio release whose checks hold, as the objects themselves may say: `find` looks among them by key. */
  readonly compatibilityVersion: (find: (key: string) => Resource | undefined) => string;
  /** What files said when they were last read completely, over restarts. */
  readonly lastGood: LastGood;
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
    this.folders = options.folders.map(
      (folder) => new WatchedFolder(withoutEnd(folder), () => this.wakeAfter(gatherMs)),
    );
  }

  private sink: SourceSink = () => undefined;

  async run(signal: AbortSignal, sink: SourceSink): Promise<void> {
    const { lastGood } = this.options;
    await lastGood.open(this.folders.map(({ root }) => root));
    for (const folder of this.folders) folder.expect(lastGood.below(folder.root));
    await this.look(true, true);
    if (this.versionChanged()) await this.look(true, true);
    sink(this.takeUpdate());
    if (signal.aborted) return;
    this.sink = sink;
    this.running = true;
    this.rescanLater();
    signal.addEventListener('abort', () => {
      this.running = false;
      lastGood.close();
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

  /** Reads what changed; tells whether anything is different. `first`: what counts is what an earlier run kept. */
  private async look(everywhere: boolean, first: boolean): Promise<boolean> {
    let different = false;
    for (const [index, folder] of this.folders.entries()) {
      if (await this.lookInto(index, folder, { everywhere, first })) different = true;
    }
    return (await this.settleDoubts()) || different;
  }

  /**
   * Files that change while others are read would be seen together with what those said before: an older route with a
   * newer subset, which nobody ever wrote. So they are read again until all are as they were when the look began.
   */
  private async lookInto(
    index: number,
    folder: WatchedFolder,
    { everywhere, first }: { readonly everywhere: boolean; readonly first: boolean },
  ): Promise<boolean> {
    let different = false;
    for (let round = 0; round < mostRounds; round += 1) {
      const scan = await folder.scan(everywhere && round === 0);
      if (this.noteProblem(folder.root, scan.problem)) different = true;
      if (scan.problem !== undefined) this.wakeAfter(seekMs);
      if (first) await this.recall(index, scan);
      if (await this.readChanged(index, scan, first)) different = true;
      if (await folder.areAsFound(scan.changed)) return different;
    }
    this.wakeAfter(gatherMs);
    return different;
  }

  private async readChanged(folder: number, { changed, gone }: FolderScan, first: boolean): Promise<boolean> {
    for (const path of changed) {
      const reading = await this.read(path, first);
      if (reading === undefined || reading.lost.length > 0) this.doubt({ folder, path });
      else this.believe(path, reading);
      if (reading === undefined) continue;
      const { lost, resources, issues } = reading;
      this.overlay.put({ folder, path }, { issues, resources: [...resources, ...lost] });
    }
    for (const path of gone) this.doubt({ folder, path });
    return changed.length > 0;
  }

  /** Files that an earlier run read and that are not there now: they say what they said, until that is settled. */
  private async recall(folder: number, { problem, gone }: FolderScan): Promise<void> {
    const root = this.folders[folder]?.root ?? '';
    const paths = problem === undefined ? gone : this.options.lastGood.below(root);
    for (const path of paths) {
      const content = await this.remembered(path, undefined);
      if (content !== undefined) this.overlay.put({ folder, path }, content);
    }
  }

  private read(file: string, first = false): Promise<FileReading | undefined> {
    const before = (text: string | undefined): Promise<FileContent | undefined> =>
      first ? this.remembered(file, text) : Promise.resolve(this.overlay.content(file));
    return readManifestFile(before, this.manifestOptions(file));
  }

  /** What an earlier run read last, where `text` says something else. */
  private async remembered(file: string, text: string | undefined): Promise<FileContent | undefined> {
    const kept = await this.options.lastGood.differingFrom(text, file);
    return kept === undefined ? undefined : parseManifests(kept, this.manifestOptions(file));
  }

  private manifestOptions(file: string): ManifestOptions {
    const { clusterId: cluster } = this.options;
    return {
      file,
      source: this.name,
      cluster,
      compatibilityVersion: this.version,
      checkEnvoyValue: checkJson,
    };
  }

  /** What a file says stands; undefined: it is gone. */
  private believe(path: string, reading: FileReading | undefined): void {
    this.doubts.delete(path);
    if (reading === undefined) this.options.lastGood.forget(path);
    else if (reading.text !== undefined) this.options.lastGood.keep(path, reading.text);
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
      const reading = await this.read(place.path);
      this.believe(place.path, reading);
      this.overlay.put(place, reading);
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

/** A folder's name as paths below it begin. */
function withoutEnd(folder: string): string {
  return normalize(folder).replace(/(.)\/+$/, '$1');
}
