import type { Clock } from '@istio-ts/foundation';

/** The machine's clock; a waiting timer does not keep the process alive. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  setTimer(delayMs, run) {
    const timer = setTimeout(run, delayMs).unref();
    return () => clearTimeout(timer);
  },
};
