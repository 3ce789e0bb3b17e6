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

  /** Calls back with the slot's release when there is one; the returned function gives up waiting. */
  acquire(granted: (release: () => void) => void): () => void {
    this.waiting.add(granted);
    this.grant();
    return () => this.waiting.delete(granted);
  }

  private grant(): void {
    for (const granted of this.waiting) {
      if (this.free === 0) return;
      this.waiting.delete(granted);
      this.free -= 1;
      granted(this.releaseOnce());
    }
  }

  private releaseOnce(): () => void {
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      cancel();
      this.free += 1;
      this.grant();
    };
    const cancel = this.clock.setTimer(this.timeoutMs, release);
    return release;
  }
}
