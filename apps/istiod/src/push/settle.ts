import { isKind, type Resource } from '@istio-ts/config-model';
import { structurallyEqual, type Clock } from '@istio-ts/foundation';
import type { ChangeSet } from '@istio-ts/mesh-model';
import type { SourceChange } from '../sources/config-source.js';

export interface SettleOptions {
  readonly clock: Clock;
  /** Quiet time that ends a batch. */
  readonly afterMs: number;
  /** Longest wait of a batch. */
  readonly maxMs: number;
}

/** A ChangeSet, and when its first event came. */
export interface SettledChanges extends ChangeSet {
  readonly changes: readonly SourceChange[];
  readonly sinceMs: number;
}

/** After quiet the first change waits this long only: the files of one edit arrive together. */
export const firstWaitMs = 10;

/** Kinds whose changes are about endpoints, as those of a ServiceEntry may be: they go at once, a wrong one costs requests. */
const urgentKinds: ReadonlySet<string> = new Set(['Endpoints', 'EndpointSlice', 'Pod', 'WorkloadEntry']);

/**
 * Turns events into ChangeSets: one edit is one ChangeSet. Of several changes of one object the last counts; a change
 * that was taken back is none.
 */
export class Settler {
  private readonly pending = new Map<string, SourceChange>();
  private sinceMs = 0;
  private quietSinceMs = -Infinity;
  private first = false;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly options: SettleOptions,
    private readonly emit: (settled: SettledChanges) => void,
  ) {}

  /** Changes of one edit. Where all of them are about endpoints they go at once, past what is waiting. */
  add(changes: readonly SourceChange[]): void {
    if (changes.length === 0) return;
    const isUrgent = changes.every((change) => isAboutEndpoints(change) && !this.pending.has(change.key));
    if (isUrgent) this.emit({ ...changeSet(changes, 'endpoint'), sinceMs: this.options.clock.nowMs() });
    else this.gather(changes);
  }

  /** Emits what is pending now. */
  flush(): void {
    this.cancel?.();
    this.cancel = undefined;
    const changes = [...this.pending.values()].filter(({ before, after }) => before !== after);
    this.pending.clear();
    this.quietSinceMs = this.options.clock.nowMs();
    if (changes.length > 0) this.emit({ ...changeSet(changes, 'config'), sinceMs: this.sinceMs });
  }

  private gather(changes: readonly SourceChange[]): void {
    const { clock, afterMs, maxMs } = this.options;
    const nowMs = clock.nowMs();
    if (this.pending.size === 0) {
      this.sinceMs = nowMs;
      this.first = nowMs - this.quietSinceMs >= afterMs;
    }
    for (const change of changes) {
      const earlier = this.pending.get(change.key) ?? change;
      this.pending.set(change.key, { ...change, before: earlier.before });
    }
    const endMs = this.first ? this.sinceMs + firstWaitMs : Math.min(nowMs + afterMs, this.sinceMs + maxMs);
    this.cancel?.();
    this.cancel = clock.setTimer(Math.max(0, endMs - nowMs), () => this.flush());
  }
}

function isAboutEndpoints({ before, after }: SourceChange): boolean {
  if (urgentKinds.has((after ?? before)?.kind ?? '')) return true;
  if (before === undefined || after === undefined) return false;
  if (!isKind(before, 'ServiceEntry') || !isKind(after, 'ServiceEntry')) return false;
  const other = ({ metadata, spec }: Resource<'ServiceEntry'>) => [metadata, { ...spec, endpoints: [] }];
  return structurallyEqual(other(before), other(after));
}

function changeSet(changes: readonly SourceChange[], reason: string): Omit<SettledChanges, 'sinceMs'> {
  return { changes, reasons: [reason] };
}
