/** Time as an argument. `nowMs` is wall time since the epoch; `setTimer` runs once and returns its cancellation. */
export interface Clock {
  nowMs(): number;
  setTimer(delayMs: number, run: () => void): () => void;
}
