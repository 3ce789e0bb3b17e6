import type { Clock } from '@istio-ts/foundation';

export interface IdleSlicesOptions {
  readonly clock: Clock;
  /** Whether there is work that goes before. */
  readonly isBusy: () => boolean;
  /** Works until the time of `performance.now()` or the end of the work. Tells whether there is more to do. */
  readonly runUntil: (endMs: number) => boolean;
}

/** As in the push loop: others wait for a slice at most. */
const sliceMs = 5;
/** How soon it is looked again whether there is other work, and for how long that goes before. */
const lookAgainMs = 5;
const patienceMs = 1000;

/** Does work that nobody waits for, when nothing else is to be done or has been for long, in slices. */
export class IdleSlices {
  private scheduled = false;
  private sinceMs = 0;

  constructor(private readonly options: IdleSlicesOptions) {}

  /** There is something to do. */
  wake(): void {
    if (this.scheduled) return;
    this.sinceMs = this.options.clock.nowMs();
    this.schedule();
  }

  private schedule(): void {
    this.scheduled = true;
    if (this.givesWay()) this.options.clock.setTimer(lookAgainMs, () => this.turn());
    else setImmediate(() => this.turn());
  }

  private turn(): void {
    this.scheduled = false;
    if (this.givesWay() || this.options.runUntil(performance.now() + sliceMs)) this.schedule();
  }

  private givesWay(): boolean {
    return this.options.isBusy() && this.options.clock.nowMs() - this.sinceMs < patienceMs;
  }
}
