import type { Clock } from '@istio-ts/foundation';

export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** Between 0 and 1; an argument because it is random. Up to a quarter is taken off, so that a fleet spreads. */
  readonly random: () => number;
}

/** Doubling delays between attempts. */
export class Backoff {
  private nextMs: number;

  constructor(private readonly options: BackoffOptions) {
    this.nextMs = options.firstMs;
  }

  /** How long to wait before the next attempt, in milliseconds. */
  delayMs(): number {
    const delay = this.nextMs;
    this.nextMs = Math.min(this.options.maxMs, delay * 2);
    return Math.round(delay * (1 - this.options.random() / 4));
  }

  /** The last attempt succeeded: the next failure starts from the beginning. */
  reset(): void {
    this.nextMs = this.options.firstMs;
  }
}

/** Waits `delayMs`, or until the signal aborts. */
export function pause(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const cancel = clock.setTimer(delayMs, done);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      cancel();
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
