import type { Clock, Issue, Metrics } from '@istio-ts/foundation';
import type { ChangedObject, ChangeReport, RejectedBy } from './change-record.js';

/** A change that takes longer is reported with the proxies that did not answer. */
export const giveUpMs = 10_000;

/** A connected proxy, as the tracker sees it. */
export interface TrackedProxy {
  readonly name: string;
}

interface OpenChange {
  readonly objects: readonly ChangedObject[];
  readonly issues: readonly Issue[];
  readonly sinceMs: number;
  /** Connections that were not given the new snapshot yet. */
  readonly waiting: Set<TrackedProxy>;
  /** Connections with resources of this change on their way. */
  readonly carrying: Set<TrackedProxy>;
  readonly rejected: Map<TrackedProxy, RejectedBy>;
  readonly unreachable: string[];
  /** Ends the waiting for those that do not answer. */
  stopTimer: () => void;
  acked: number;
  total: number;
  /** When nobody was `waiting` any more, from `sinceMs` on. */
  sentMs: number | undefined;
}

/** Follows each change to the acknowledgements of the proxies whose resources carry it. */
export class ChangeTracker {
  private readonly open = new Set<OpenChange>();

  constructor(
    private readonly options: {
      readonly clock: Clock;
      readonly metrics: Metrics;
      readonly report: (report: ChangeReport) => void;
    },
  ) {}

  begin(change: Pick<OpenChange, 'objects' | 'issues' | 'sinceMs'>, connected: Iterable<TrackedProxy>): void {
    const opened: OpenChange = {
      ...change,
      waiting: new Set(connected),
      carrying: new Set(),
      rejected: new Map(),
      unreachable: [],
      stopTimer: () => undefined,
      acked: 0,
      total: 0,
      sentMs: undefined,
    };
    this.open.add(opened);
    opened.stopTimer = this.options.clock.setTimer(giveUpMs, () => this.giveUp(opened));
    this.finish(opened);
  }

  /** The connection was given the newest snapshot; `carries`: its resources differ, and are on their way. */
  updated(proxy: TrackedProxy, carries: boolean): void {
    for (const change of this.open) {
      if (!change.waiting.delete(proxy)) continue;
      if (carries) {
        change.carrying.add(proxy);
        change.total += 1;
      }
      this.finish(change);
    }
  }

  /** The objects of changes that are on their way to this proxy: `VirtualService/default/reviews`. */
  objectsOnTheWayTo(proxy: TrackedProxy): readonly string[] {
    const changes = [...this.open].filter(({ carrying }) => carrying.has(proxy));
    return changes.flatMap(({ objects }) =>
      objects.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`),
    );
  }

  /** Told with the change that the proxy rejects; at once where there is none, as when a proxy connects. */
  rejected(proxy: TrackedProxy, rejection: RejectedBy): void {
    let isTold = false;
    for (const { carrying, rejected, objects } of this.open) {
      if (!carrying.has(proxy)) continue;
      rejected.set(proxy, rejection);
      isTold ||= objects.length > 0;
    }
    if (isTold) return;
    const proxies = { acked: 0, total: 1, rejected: [rejection], unreachable: [] };
    this.options.report({ time: this.now(), objects: [], state: 'rejected', proxies, ms: 0, issues: [] });
  }

  /** The connection holds all that it should, but for what it rejected. */
  settled(proxy: TrackedProxy): void {
    const nowMs = this.options.clock.nowMs();
    for (const change of this.open) {
      if (!change.carrying.delete(proxy)) continue;
      if (!change.rejected.has(proxy)) {
        change.acked += 1;
        this.options.metrics.observe('pilot_proxy_convergence_time', (nowMs - change.sinceMs) / 1000);
      }
      this.finish(change);
    }
  }

  gone(proxy: TrackedProxy): void {
    for (const change of this.open) {
      change.waiting.delete(proxy);
      if (change.carrying.delete(proxy)) change.unreachable.push(proxy.name);
      this.finish(change);
    }
  }

  /** Objects that were refused before they reached any proxy. */
  refused(objects: readonly ChangedObject[], issues: readonly Issue[]): void {
    const proxies = { acked: 0, total: 0, rejected: [], unreachable: [] };
    this.options.report({ time: this.now(), objects, state: 'rejected', proxies, ms: 0, issues });
  }

  private giveUp(change: OpenChange): void {
    for (const { name } of change.carrying) change.unreachable.push(name);
    change.waiting.clear();
    change.carrying.clear();
    this.finish(change);
  }

  private finish(change: OpenChange): void {
    if (change.waiting.size > 0) return;
    change.sentMs ??= this.sinceNow(change.sinceMs);
    if (change.carrying.size > 0 || !this.open.delete(change)) return;
    change.stopTimer();
    if (change.objects.length === 0) return;
    const { acked, total, objects, issues, unreachable, sinceMs, sentMs } = change;
    const rejected = [...change.rejected.values()];
    const state = acked === total ? 'live' : acked === 0 && rejected.length > 0 ? 'rejected' : 'partial';
    const proxies = { acked, total, rejected, unreachable };
    const ms = this.sinceNow(sinceMs);
    this.options.report({ time: this.now(), objects, state, proxies, sentMs, ms, issues });
  }

  private sinceNow(sinceMs: number): number {
    return Math.max(0, this.options.clock.nowMs() - sinceMs);
  }

  private now(): string {
    return new Date(this.options.clock.nowMs()).toISOString();
  }
}
