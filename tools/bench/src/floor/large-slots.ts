/** How many large messages may be on their way at once, and how long one may hold up the others. */
const slots = 16;
const slotTimeoutMs = 250;

/** Bounds large messages over all streams, as the control plane does: unbounded, they fill the memory. */
export class LargeSlots {
  private used = 0;
  private readonly waiting: (() => void)[] = [];

  /** Calls `send` when a slot is free; `send` calls `release` when its message is out. */
  take(send: (release: () => void) => void): void {
    if (this.used >= slots) {
      this.waiting.push(() => this.take(send));
      return;
    }
    this.used += 1;
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      clearTimeout(timer);
      this.used -= 1;
      this.waiting.shift()?.();
    };
    const timer = setTimeout(release, slotTimeoutMs);
    send(release);
  }
}
