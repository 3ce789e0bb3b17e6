import type { Clock } from '@istio-ts/foundation';

export interface LargeSlotOptions {
  readonly clock: Clock;
  /** Large messages on their way at once, over all streams. */
  readonly slots?: number;
  /** A slot counts as free after this time, whatever became of its message: a stopped proxy must not hold up the others. */
  readonly timeoutMs?: number;
}

/** Bounds how many large messages are on their way, so that a first sync of a fleet does not fill the memory. */
export class LargeSlots {
  private free: number;
  private readonly timeoutMs: number;
  private readonly clock: Clock;
  private readonly waiting = new Set<(release: () => void) => void>();

  constructor({ clock, slots = 16, timeoutMs = 250 }: LargeSlotOptions) {
    this.clock = clock;
    this.free = slots;
    this.timeoutMs = timeoutMs;
  }

  /** The release of a slot that is free now; undefined where none is. */
  take(): (() => void) | undefined {
    if (this.free === 0) return undefined;
    this.free -= 1;
    return this.releaseOnce();
  }

  /** To be called where `take` had none: calls back with the release of a slot when one comes free. Returns what gives up. */
  wait(granted: (release: () => void) => void): () => void {
    this.waiting.add(granted);
    return () => void this.waiting.delete(granted);
  }

  private releaseOnce(): () => void {
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      cancel();
      const [next] = this.waiting;
      if (next === undefined) {
        this.free += 1;
        return;
      }
      this.waiting.delete(next);
      next(this.releaseOnce());
    };
    const cancel = this.clock.setTimer(this.timeoutMs, release);
    return release;
  }
}
