import type { Clock } from '@istio-ts/foundation';

export interface KeptClassesOptions {
  readonly clock: Clock;
  readonly forMs?: number;
  /** Classes that are kept at most; the one that was left longest ago goes first. */
  readonly most?: number;
}

/**
 * Holds on to classes of proxies for some minutes after a proxy of them left. What was derived for a class lives as long
 * as the class: when a network comes back all proxies return at once, and find what they are told still made.
 */
export class KeptClasses {
  private readonly kept = new Map<object, () => void>();
  private readonly clock: Clock;
  private readonly forMs: number;
  private readonly most: number;

  constructor({ clock, forMs = 5 * 60_000, most = 64 }: KeptClassesOptions) {
    this.clock = clock;
    this.forMs = forMs;
    this.most = most;
  }

  get size(): number {
    return this.kept.size;
  }

  /** `shared` is what the proxies of a class have in common: one object a class. */
  keep(shared: object): void {
    this.forget(shared);
    this.kept.set(
      shared,
      this.clock.setTimer(this.forMs, () => this.kept.delete(shared)),
    );
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.most && oldest !== undefined) this.forget(oldest);
  }

  private forget(shared: object): void {
    this.kept.get(shared)?.();
    this.kept.delete(shared);
  }
}
