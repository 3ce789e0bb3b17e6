import type { Clock } from '@istio-ts/foundation';

/** The machine's clock. Its timers do not keep the process alive: servers do. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimer(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
