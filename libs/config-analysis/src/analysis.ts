import { invariant, MeshError } from '@istio-ts/foundation';
import type { AnalyzedKind, ObjectChange } from './analyzed-object.js';
import type { AnalysisSettings, Analyzer } from './analyzer.js';
import type { AnalysisIssue, Finding } from './finding.js';
import { IssueSet } from './issue-set.js';
import { messages } from './messages.js';
import { ObjectTables, type Cell } from './object-tables.js';
import type { ObjectIndex } from './object-index.js';
import type { Run } from './run.js';
import { isSuppressed } from './suppression.js';
import { TrackedWorld } from './tracked-world.js';

export interface AnalysisOptions {
  readonly analyzers: readonly Analyzer[];
  /** Which of them have a say among objects of these kinds, asked whenever a kind comes or goes; absent: all. */
  readonly select?: SelectAnalyzers;
  readonly settings?: Partial<AnalysisSettings>;
  /** Objects in these namespaces are nobody's business; absent: those of Kubernetes itself. */
  readonly ignoredNamespaces?: readonly string[];
}

export type SelectAnalyzers = (
  analyzers: readonly Analyzer[],
  kinds: ReadonlySet<AnalyzedKind>,
) => readonly Analyzer[];

/** What a change did to the issues, and how much work it was. */
export interface AnalysisReport {
  readonly raised: readonly AnalysisIssue[];
  readonly cleared: readonly AnalysisIssue[];
  /** How often each analyzer ran, by its name. */
  readonly runs: ReadonlyMap<string, number>;
}

export const defaultSettings: AnalysisSettings = { systemNamespace: 'istio-system' };

/** So many that the pauses cost nothing, so few that a step is short. */
const perStep = 16;

const kubernetesNamespaces = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

/**
 * The issues of a set of objects, kept up to date with every change: an analyzer runs again only for what looked at the
 * changed objects. Whatever the order of changes, the issues are those that a fresh analysis of the same objects finds.
 */
export class Analysis {
  readonly #tables = new ObjectTables<Run>();
  readonly #issues = new IssueSet();
  readonly #runs = new Map<Analyzer, Map<string, Run>>();
  readonly #analyzersOf = new Map<ObjectIndex, Analyzer[]>();
  readonly #settings: AnalysisSettings;
  readonly #ignored: ReadonlySet<string>;
  #selected: ReadonlySet<Analyzer> = new Set();
  #kinds = '';
  #started = false;
  #isChanging = false;

  constructor(private readonly options: AnalysisOptions) {
    this.#settings = { ...defaultSettings, ...options.settings };
    this.#ignored = new Set(options.ignoredNamespaces ?? kubernetesNamespaces);
  }

  /** All present issues: errors first, then by code, object and words. Equal ones are one. */
  get issues(): readonly AnalysisIssue[] {
    return this.#issues.sorted;
  }

  /** Takes changes in and looks again at what they touch. Never throws: an analyzer that fails is an issue (IST0001). */
  apply(changes: readonly ObjectChange[]): AnalysisReport {
    const work = this.applyInSteps(changes);
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
    }
  }

  /**
   * As `apply`, with a pause after every few runs, well below a millisecond each: whoever has other things to do goes on when
   * there is time. Until the end `issues` are neither those before nor those after, and no other change may begin.
   */
  *applyInSteps(changes: readonly ObjectChange[]): Generator<undefined, AnalysisReport> {
    invariant(!this.#isChanging, 'a change of the analysis begins when the one before has ended');
    this.#isChanging = true;
    if (!this.#started) this.#start();
    const affected = new Set<Run>();
    for (const [index, change] of changes.entries()) {
      if (!this.#isIgnored(change)) this.#takeIn(change, affected);
      if (index % perStep === perStep - 1) yield;
    }
    this.#select(affected);
    this.#issues.beginChange();
    const runs = new Map<string, number>();
    let count = 0;
    for (const run of affected) {
      runs.set(run.analyzer.name, (runs.get(run.analyzer.name) ?? 0) + 1);
      this.#repeat(run);
      count += 1;
      if (count % perStep === 0) yield;
    }
    this.#isChanging = false;
    return { ...this.#issues.endChange(), runs };
  }

  #start(): void {
    this.#started = true;
    for (const analyzer of this.options.analyzers) {
      this.#runs.set(analyzer, new Map());
      const others = this.#analyzersOf.get(analyzer.subjects) ?? [];
      this.#analyzersOf.set(analyzer.subjects, [...others, analyzer]);
      // From now on the table is there, and its cells are among those that a change touches.
      this.#tables.cells(analyzer.subjects);
    }
  }

  /** Where kinds came or went: the analyzers that have a say now, or none any more, look at everything again. */
  #select(affected: Set<Run>): void {
    const { analyzers, select } = this.options;
    const kinds = this.#tables.kinds;
    const listed = kinds.join();
    if (listed === this.#kinds) return;
    this.#kinds = listed;
    const before = this.#selected;
    this.#selected = new Set(select?.(analyzers, new Set(kinds)) ?? analyzers);
    for (const analyzer of analyzers) {
      if (before.has(analyzer) === this.#selected.has(analyzer)) continue;
      for (const run of this.#runs.get(analyzer)?.values() ?? []) affected.add(run);
    }
  }

  #isIgnored({ before, after }: ObjectChange): boolean {
    const object = after ?? before;
    if (object === undefined) return true;
    const { name, namespace } = object.metadata;
    return this.#ignored.has(object.kind === 'Namespace' ? name : namespace);
  }

  /** Changes the tables, and adds the runs that looked at what is another now. */
  #takeIn(change: ObjectChange, affected: Set<Run>): void {
    for (const cell of this.#tables.apply(change)) {
      for (const analyzer of this.#analyzersOf.get(cell.index) ?? []) this.#schedule(analyzer, cell);
      for (const run of cell.readers) affected.add(run);
    }
  }

  /** Makes sure that an analyzer has a run for a key that has objects; one that lost them all finds nothing and ends. */
  #schedule(analyzer: Analyzer, subject: Cell<Run>): void {
    const runs = this.#runs.get(analyzer);
    if (subject.isEmpty || runs === undefined || runs.has(subject.key)) return;
    const run: Run = { analyzer, subject, reads: new Set([subject]), issues: [] };
    subject.readers.add(run);
    runs.set(subject.key, run);
  }

  #repeat(run: Run): void {
    const { analyzer, subject } = run;
    const before = new Set(run.reads);
    this.#forgetReads(run);
    const found = subject.isEmpty ? [] : this.#analyze(run);
    this.#issues.replace(run.issues, found);
    run.issues = found;
    if (subject.isEmpty) {
      this.#forgetReads(run);
      this.#runs.get(analyzer)?.delete(subject.key);
    }
    for (const cell of before) this.#tables.release(cell);
  }

  #analyze(run: Run): readonly AnalysisIssue[] {
    const world = new TrackedWorld(this.#tables, run, this.#settings);
    world.track(run.subject);
    if (!this.#selected.has(run.analyzer)) return [];
    try {
      const found = [...run.analyzer.analyze(run.subject.objects, world, run.subject.key)];
      return found.filter((each) => !isSuppressed(each)).map(({ issue }: Finding) => issue);
    } catch (thrown) {
      return [internalError(run, thrown)];
    }
  }

  #forgetReads(run: Run): void {
    for (const cell of run.reads) cell.readers.delete(run);
    run.reads.clear();
  }
}

function internalError({ analyzer, subject }: Run, thrown: unknown): AnalysisIssue {
  const { code, severity, render } = messages.InternalError;
  const args = { detail: `${analyzer.name} at ${subject.key}: ${MeshError.from(thrown).message}` };
  return { name: 'InternalError', args, code, severity, message: render(args) };
}

/** The analyzers whose needs are met by these kinds: see `Analyzer.needs`. */
export function selectAnswerable(
  analyzers: readonly Analyzer[],
  kinds: ReadonlySet<AnalyzedKind>,
): readonly Analyzer[] {
  return analyzers.filter(({ needs }) => needs.every((kind) => kinds.has(kind)));
}

/**
 * The analyzers that have a say in a control plane. What it has is what proxies get, so a host that it does not know is not
 * there. Where it is told of pods it knows the whole mesh; without any, other kinds may be missing because nobody brings
 * them: a folder of manifests has no pods, and often no namespaces.
 */
export const selectForControlPlane: SelectAnalyzers = (analyzers, kinds) =>
  kinds.has('Pod') ? analyzers : selectAnswerable(analyzers, new Set([...kinds, 'Service']));
