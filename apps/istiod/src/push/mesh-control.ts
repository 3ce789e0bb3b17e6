import type { Clock, Issue, Logger, Metrics } from '@istio-ts/foundation';
import type { Resource } from '@istio-ts/config-model';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { sharedClassOf, snapshotIssues } from '@istio-ts/mesh-model';
import { withoutRestated } from '@istio-ts/config-analysis';
import { noDifference, sumOf, type IssueDifference } from '../analysis/issue-difference.js';
import { MeshAnalysis } from '../analysis/mesh-analysis.js';
import type { Options } from '../options.js';
import type { SourceChange } from '../sources/config-source.js';
import { logIssue } from '../telemetry/log-issue.js';
import {
  changedObjects,
  renderReport,
  type ChangedObject,
  type ChangeReport,
  type IssueReport,
} from './change-record.js';
import { ChangeTracker } from './change-tracker.js';
import { IssueStore } from './issue-store.js';
import { KeptClasses } from './kept-classes.js';
import { MeshConfiguration } from './mesh-configuration.js';
import { MeshState, type FailedChange } from './mesh-state.js';
import { PushLoop } from './push-loop.js';
import { Settler, type SettledChanges } from './settle.js';

export interface MeshControlContext {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly report: (report: ChangeReport | IssueReport) => void;
}

const noChanges = { changes: [], reasons: [] } as const;

/** From events to connections: settle, state of the mesh, push, what became of each change, and what is wrong. */
export class MeshControl {
  readonly issues = new IssueStore();
  readonly tracker: ChangeTracker;
  readonly state: MeshState;
  readonly push: PushLoop;
  private readonly configuration: MeshConfiguration;
  private readonly settler: Settler;
  private readonly kept: KeptClasses;
  private readonly analysis: MeshAnalysis;
  /** What reading the changes that settle now had to say. */
  private noted: IssueDifference[] = [];

  constructor(
    options: Options,
    private readonly context: MeshControlContext,
  ) {
    const { clock, metrics, logger } = context;
    this.configuration = new MeshConfiguration(options, options.meshConfig);
    this.state = new MeshState(this.configuration.settings(), context);
    this.tracker = new ChangeTracker({ clock, metrics, report: (change) => this.report(change) });
    this.kept = new KeptClasses({ clock });
    this.push = new PushLoop({
      clock,
      metrics,
      logger,
      tracker: this.tracker,
      left: ({ node }) => this.keepClass(node),
      make: ({ node }) => this.state.makeInSteps(node),
      targetsFor: ({ node, caller }) => this.state.targetsWithSecrets(node, caller),
    });
    this.analysis = new MeshAnalysis({
      ...context,
      systemNamespace: options.rootNamespace,
      isBusy: () => this.push.isBusy,
      report: (issues) => context.report({ time: new Date(clock.nowMs()).toISOString(), ...issues }),
    });
    const timing = { clock, afterMs: options.debounceAfterMs, maxMs: options.debounceMaxMs };
    this.settler = new Settler(timing, (settled) => this.apply(settled));
  }

  /** The trust domain of the identities that are issued. */
  get trustDomain(): string {
    return this.state.snapshot.settings.trustDomain;
  }

  /** The Istio release whose checks hold for a list of objects. */
  compatibilityVersion(find: (key: string) => Resource | undefined): string {
    return this.configuration.compatibilityVersion(find);
  }

  /** Everything that is wrong with the objects in force, alone and together. */
  get presentIssues(): readonly Issue[] {
    const together = this.analysis.issues;
    return [...withoutRestated(this.issues.all(), together), ...together];
  }

  /** Resolves when the last changes have been analysed, at the latest after a while. */
  analysed(longestMs: number): Promise<void> {
    return this.analysis.settled(longestMs);
  }

  /** The first full lists of all sources: from now on connections are answered. */
  start(changes: readonly SourceChange[]): void {
    this.apply({ changes, reasons: ['config'], sinceMs: this.context.clock.nowMs() }, []);
    this.push.start();
    this.analysis.start();
  }

  /** Changes, and what reading them had to say, which is told when they are in force. */
  changed(changes: readonly SourceChange[], noted = noDifference): void {
    if (changes.length === 0) {
      this.analysis.add([], noted);
      return;
    }
    this.noted.push(noted);
    this.settler.add(changes);
  }

  /** Objects that were refused before they reached the mesh. */
  refused(objects: readonly ChangedObject[], issues: readonly Issue[]): void {
    this.tracker.refused(objects, issues);
  }

  /** The MeshConfig file, before the start or later. */
  takeMeshConfig(text: string): void {
    this.configuration.takeFile(text);
    this.apply({ ...noChanges, reasons: ['global'], sinceMs: this.context.clock.nowMs() });
  }

  /** `objects`: those whose way to the proxies is reported. */
  private apply({ changes, reasons, sinceMs }: SettledChanges, objects = changedObjects(changes)): void {
    const { metrics, logger } = this.context;
    const failed = this.state.apply({ changes, reasons });
    this.noteFailures(failed);
    this.configuration.takeObjects((key) => this.state.snapshot.resources.ConfigMap.get(key));
    this.state.apply(noChanges, this.configuration.settings());
    const found = [
      this.issues.replace('mesh configuration', this.configuration.issues),
      this.issues.replace('objects together', snapshotIssues(this.state.snapshot)),
    ];
    const issues = found.flatMap(({ raised }) => raised);
    for (const issue of issues) logIssue(logger, issue);
    for (const type of reasons) metrics.increment('pilot_push_triggers', { type });
    this.tracker.begin({ objects, issues, sinceMs }, this.push.connections);
    this.push.pushAll();
    this.analyse(without(changes, failed), found);
  }

  /** Later, when there is time: it is on nobody's way to the proxies. */
  private analyse(changes: readonly SourceChange[], found: readonly IssueDifference[]): void {
    const cleared = found.flatMap((each) => each.cleared);
    const noted = sumOf([...this.noted, { raised: [], cleared }]);
    this.noted = [];
    this.analysis.takeMeshConfig(this.configuration.meshConfig);
    this.analysis.add(changes, noted);
  }

  private keepClass(node: ProxyNode): void {
    const shared = sharedClassOf(node);
    if (shared !== undefined) this.kept.keep(shared);
  }

  /** Bugs of ours: each costs the change of one object, and is counted. */
  private noteFailures(failed: readonly FailedChange[]): void {
    const { metrics, logger } = this.context;
    for (const { change, reason } of failed) {
      metrics.increment('pilot_total_xds_internal_errors');
      logger.error('internal error: a change is left out, the object stays as it was', {
        key: change.key,
        reason,
      });
    }
  }

  private report(change: ChangeReport): void {
    this.context.logger.info(renderReport(change), { state: change.state, ms: change.ms });
    this.context.report(change);
  }
}

function without(changes: readonly SourceChange[], failed: readonly FailedChange[]): readonly SourceChange[] {
  if (failed.length === 0) return changes;
  const keys = new Set(failed.map(({ change }) => change.key));
  return changes.filter(({ key }) => !keys.has(key));
}
