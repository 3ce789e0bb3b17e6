import type { Clock } from '@istio-ts/foundation';

/** A clock that stands still until `advance` moves it; due timers run in order, at their own times. */
export class HeldClock implements Clock {
  private timers: { readonly dueMs: number; readonly run: () => void }[] = [];

  constructor(private currentMs = 0) {}

  nowMs(): number {
    return this.currentMs;
  }

  setTimer(delayMs: number, run: () => void): () => void {
    const timer = { dueMs: this.currentMs + delayMs, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  advance(byMs: number): void {
    const endMs = this.currentMs + byMs;
    for (let next = this.takeDue(endMs); next !== undefined; next = this.takeDue(endMs)) {
      this.currentMs = next.dueMs;
      next.run();
    }
    this.currentMs = endMs;
  }

  private takeDue(endMs: number): { readonly dueMs: number; readonly run: () => void } | undefined {
    const [first] = this.timers.filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs);
    if (first !== undefined) this.timers = this.timers.filter((timer) => timer !== first);
    return first;
  }
}
