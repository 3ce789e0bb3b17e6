import type { Clock, Logger, Metrics } from '@istio-ts/foundation';
import type { Targets } from '@istio-ts/xds-protocol';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import type { Caller } from '../ads/caller.js';
import type { ChangeTracker, TrackedProxy } from './change-tracker.js';

/** A connection that wants to be kept up to date. */
export interface PushTarget extends TrackedProxy {
  readonly node: ProxyNode;
  readonly caller: Caller;
  /** Takes what the proxy should hold now and sends what it may; tells whether something is on its way that was not. */
  applyTargets(targets: Targets): boolean;
}

export interface PushLoopOptions {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly tracker: ChangeTracker;
  /** A connection ended. */
  readonly left: (connection: PushTarget) => void;
  /** Makes what a proxy should hold, in steps between which the process may serve others. */
  readonly make: (connection: PushTarget) => Iterator<void>;
  /** What a proxy should hold, by the newest snapshot; it was made before. */
  readonly targetsFor: (connection: PushTarget) => Targets;
}

/** What is made already is handed out this long: shorter slices keep a small change waiting while large ones are written. */
const sliceMs = 20;
/** A slice ends where making the configuration of one proxy takes longer: certificates wait for several slices. */
const makingMs = 5;

/** A connection whose turn it is. */
interface Turn {
  readonly connection: PushTarget;
  readonly steps: Iterator<void>;
}

/**
 * Gives every connection the newest state, in slices between which the process serves others. A connection is in the
 * queue once at most: when its turn comes it gets what is newest then.
 */
export class PushLoop {
  private readonly connected = new Set<PushTarget>();
  private readonly queue = new Map<PushTarget, number>();
  private turn: Turn | undefined;
  private scheduled = false;
  private started = false;

  constructor(private readonly options: PushLoopOptions) {}

  get connections(): ReadonlySet<PushTarget> {
    return this.connected;
  }

  /** Whether a connection waits for its turn. */
  get isBusy(): boolean {
    return this.queue.size > 0 || this.turn !== undefined;
  }

  /** Until now connections wait: every source has delivered its first list. */
  start(): void {
    this.started = true;
    this.schedule();
  }

  attach(connection: PushTarget): void {
    this.connected.add(connection);
    this.enqueue([connection]);
  }

  detach(connection: PushTarget): void {
    this.connected.delete(connection);
    this.queue.delete(connection);
    this.options.tracker.gone(connection);
    this.options.left(connection);
  }

  /** The state changed. */
  pushAll(): void {
    this.enqueue(this.connected);
  }

  private enqueue(connections: Iterable<PushTarget>): void {
    const nowMs = this.options.clock.nowMs();
    for (const connection of connections) if (!this.queue.has(connection)) this.queue.set(connection, nowMs);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || !this.started || (this.queue.size === 0 && this.turn === undefined)) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.runSlice();
      this.schedule();
    });
  }

  private runSlice(): void {
    const endMs = performance.now() + sliceMs;
    for (let turn = this.nextTurn(); turn !== undefined; turn = this.nextTurn()) {
      const isOver = this.takeSteps(turn, performance.now() + makingMs);
      this.turn = isOver ? undefined : turn;
      if (!isOver || performance.now() >= endMs) return;
    }
  }

  /** The connection that was not finished in the last slice, else the first of the queue. */
  private nextTurn(): Turn | undefined {
    if (this.turn !== undefined) return this.turn;
    const { clock, metrics, make } = this.options;
    for (const [connection, queuedMs] of this.queue) {
      this.queue.delete(connection);
      metrics.observe('pilot_proxy_queue_time', (clock.nowMs() - queuedMs) / 1000);
      return { connection, steps: make(connection) };
    }
    return undefined;
  }

  /**
   * Tells whether the turn is over. A bug in making one proxy's configuration costs that proxy its update; what it holds
   * stays.
   */
  private takeSteps({ connection, steps }: Turn, endMs: number): boolean {
    const { tracker, targetsFor, metrics, logger } = this.options;
    let carries = false;
    if (!this.connected.has(connection)) return true;
    try {
      while (steps.next().done !== true) if (performance.now() >= endMs) return false;
      carries = connection.applyTargets(targetsFor(connection));
    } catch (thrown) {
      metrics.increment('pilot_total_xds_internal_errors');
      const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      logger.error('internal error: the configuration of a proxy could not be made, it keeps the last one', {
        proxy: connection.name,
        reason,
      });
    }
    tracker.updated(connection, carries);
    return true;
  }
}
