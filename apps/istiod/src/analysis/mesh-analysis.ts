import {
  allAnalyzers,
  Analysis,
  meshConfigObject,
  selectForControlPlane,
  withoutRestated,
  type AnalysisIssue,
  type AnalysisReport,
  type ObjectChange,
} from '@istio-ts/config-analysis';
import type { MeshConfig } from '@istio-ts/config-model';
import { renderIssue, type Clock, type Logger, type Metrics } from '@istio-ts/foundation';
import { logIssue } from '../telemetry/log-issue.js';
import { IdleSlices } from './idle-slices.js';
import { noDifference, sumOf, type IssueDifference } from './issue-difference.js';

export interface MeshAnalysisOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Where the control plane is. */
  readonly systemNamespace: string;
  /** Whether there is work that goes before. */
  readonly isBusy: () => boolean;
  /** Told what a change did to the issues, where it did something; not what is wrong with the first objects. */
  readonly report: (difference: IssueDifference) => void;
}

/** Changes that are looked at together, and what was found elsewhere and is told with what is found here. */
interface Batch {
  readonly changes: ObjectChange[];
  readonly noted: IssueDifference[];
}

/** A batch that is being taken in. */
interface Work {
  readonly steps: Generator<undefined, AnalysisReport>;
  readonly noted: readonly IssueDifference[];
  /** The issues before it. */
  readonly standing: readonly AnalysisIssue[];
}

/**
 * What is wrong with the objects together, kept up to date beside the pushes: changes wait here until there is time, and
 * are taken in in slices between which the process serves others.
 */
export class MeshAnalysis {
  private readonly analysis: Analysis;
  private readonly slices: IdleSlices;
  private meshConfig: MeshConfig | undefined;
  private waiting: Batch | undefined;
  private work: Work | undefined;
  private state: 'created' | 'first' | 'running' | 'failed' = 'created';
  private readonly settling: (() => void)[] = [];

  constructor(private readonly options: MeshAnalysisOptions) {
    const { clock, isBusy, systemNamespace } = options;
    this.analysis = new Analysis({
      analyzers: allAnalyzers,
      select: selectForControlPlane,
      settings: { systemNamespace, nowMs: () => clock.nowMs() },
    });
    this.slices = new IdleSlices({ clock, isBusy, runUntil: (endMs) => this.runUntil(endMs) });
  }

  /** As they were when the last batch had been taken in completely. */
  get issues(): readonly AnalysisIssue[] {
    return this.work?.standing ?? this.analysis.issues;
  }

  /** Until now changes wait: these first ones are all objects that there are. */
  start(): void {
    this.state = this.waiting === undefined ? 'running' : 'first';
    this.slices.wake();
  }

  add(changes: readonly ObjectChange[], noted = noDifference): void {
    if (this.state === 'failed') return;
    const isWorthTelling = noted.raised.length + noted.cleared.length > 0;
    if (changes.length === 0 && !isWorthTelling) return;
    this.waiting ??= { changes: [], noted: [] };
    for (const change of changes) this.waiting.changes.push(change);
    if (isWorthTelling) this.waiting.noted.push(noted);
    if (this.state !== 'created') this.slices.wake();
  }

  /** The settings of the mesh: an object among the others. */
  takeMeshConfig(spec: MeshConfig): void {
    if (this.meshConfig === spec) return;
    this.meshConfig = spec;
    const origin = { source: 'settings', cluster: '' };
    this.add([{ after: meshConfigObject(spec, { origin, namespace: this.options.systemNamespace }) }]);
  }

  /** Resolves when nothing waits any more, at the latest after a while. */
  settled(longestMs: number): Promise<void> {
    if (this.waiting === undefined && this.work === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const stopTimer = this.options.clock.setTimer(longestMs, resolve);
      this.settling.push(() => {
        stopTimer();
        resolve();
      });
    });
  }

  private runUntil(endMs: number): boolean {
    try {
      for (this.work ??= this.begin(); this.work !== undefined;) {
        const step = this.work.steps.next();
        if (step.done === true) this.finish(this.work, step.value);
        if (performance.now() >= endMs) break;
      }
    } catch (thrown) {
      this.fail(thrown);
    }
    return this.state !== 'failed' && (this.work !== undefined || this.waiting !== undefined);
  }

  private begin(): Work | undefined {
    if (this.waiting === undefined) return undefined;
    const { changes, noted } = this.waiting;
    this.waiting = undefined;
    return { steps: this.analysis.applyInSteps(changes), noted, standing: this.analysis.issues };
  }

  private finish({ noted }: Work, found: AnalysisReport): void {
    this.work = undefined;
    this.tell(found, noted);
    this.state = 'running';
    if (this.waiting === undefined) this.release();
  }

  private tell({ raised, cleared }: AnalysisReport, noted: readonly IssueDifference[]): void {
    const { logger, report } = this.options;
    for (const issue of raised) logIssue(logger, issue);
    for (const issue of cleared) logger.debug(`no longer: ${renderIssue(issue)}`);
    if (this.state === 'first') return;
    const told = sumOf([...noted, { raised, cleared }]);
    if (told.raised.length + told.cleared.length === 0) return;
    report(noted.length === 0 ? told : { ...told, raised: withoutRestated(told.raised, this.issues) });
  }

  /** A bug of ours: what was found last stays, and nothing new is found until istiod starts again. */
  private fail(thrown: unknown): void {
    const { metrics, logger } = this.options;
    metrics.increment('pilot_total_xds_internal_errors');
    const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    logger.error('internal error: configuration is not analysed any more', { reason });
    this.state = 'failed';
    this.waiting = undefined;
    this.release();
  }

  private release(): void {
    for (const resolve of this.settling.splice(0)) resolve();
  }
}
