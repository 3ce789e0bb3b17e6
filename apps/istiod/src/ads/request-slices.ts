/** Requests of at most this size are handled when they arrive. */
export const smallRequestBytes = 2048;
const sliceMs = 5;

/**
 * Large requests, handled one after the other in slices, so that a thousand proxies that reconnect together do not keep
 * acknowledgements, certificates and readiness waiting.
 */
export class RequestSlices {
  private readonly queue: (() => void)[] = [];
  private scheduled = false;

  add(handle: () => void): void {
    this.queue.push(handle);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled || this.queue.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      const endMs = performance.now() + sliceMs;
      do this.queue.shift()?.();
      while (this.queue.length > 0 && performance.now() < endMs);
      this.schedule();
    });
  }
}
