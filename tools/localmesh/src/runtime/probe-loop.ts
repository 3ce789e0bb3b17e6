import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedProbe } from './probe-plan.js';

export type ProbeState = 'passing' | 'failing';

/** What attempts in a row amount to: it takes some successes to pass and some failures to fail. */
export class ProbeCount {
  #passed = 0;
  #failed = 0;

  constructor(private readonly thresholds: Pick<PlannedProbe, 'failureThreshold' | 'successThreshold'>) {}

  /** Undefined: nothing new yet. */
  take(passed: boolean): ProbeState | undefined {
    this.#passed = passed ? this.#passed + 1 : 0;
    this.#failed = passed ? 0 : this.#failed + 1;
    if (this.#passed >= this.thresholds.successThreshold) return 'passing';
    return this.#failed >= this.thresholds.failureThreshold ? 'failing' : undefined;
  }
}

export interface ProbeRun {
  readonly probe: PlannedProbe;
  readonly attempt: () => Promise<boolean>;
  /** Asked more often until it passes: nobody wants to wait a whole period for what is ready. */
  readonly impatient: boolean;
  readonly tell: (state: ProbeState) => void;
}

const impatientMs = 500;

/** Probes until the signal aborts; tells each time that enough attempts in a row agree. */
export async function runProbe(
  { probe, attempt, impatient, tell }: ProbeRun,
  signal: AbortSignal,
): Promise<void> {
  const count = new ProbeCount(probe);
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);
  await pause(probe.initialDelayMs);
  let latest: ProbeState | undefined;
  while (!signal.aborted) {
    const state = count.take(await attempt());
    // A process that ended meanwhile is not what was probed.
    if (isAborted(signal)) return;
    if (state !== undefined) tell(state);
    latest = state ?? latest;
    const isSoon = impatient && latest !== 'passing';
    await pause(isSoon ? Math.min(impatientMs, probe.periodMs) : probe.periodMs);
  }
}

const isAborted = (signal: AbortSignal): boolean => signal.aborted;
