import { runProbe, type ProbeState } from './probe-loop.js';
import type { ContainerProbes, PlannedAction, PlannedProbe } from './probe-plan.js';

export interface ContainerHealthOptions {
  readonly probes: ContainerProbes;
  readonly attempt: (action: PlannedAction, timeoutMs: number) => Promise<boolean>;
  readonly onChange: () => void;
  /** The container is to be ended: that probe failed as often as it may. */
  readonly onUnhealthy: (probe: 'liveness' | 'startup', failures: number) => void;
}

/** What the probes of a container say of the process that runs in it now. */
export class ContainerHealth {
  #started = false;
  #ready = false;

  constructor(private readonly options: ContainerHealthOptions) {}

  /** What the readiness probe says; undefined without one. Nothing is ready before its startup probe has passed. */
  get ready(): boolean | undefined {
    if (!this.#started) return false;
    return this.options.probes.readiness === undefined ? undefined : this.#ready;
  }

  /** Probes a process from its start until the signal says that it ended. */
  watch(signal: AbortSignal): void {
    this.#ready = false;
    const { startup } = this.options.probes;
    this.#started = startup === undefined;
    if (startup === undefined) {
      this.#watchStarted(signal);
      return;
    }
    const starting = new AbortController();
    const tell = (state: ProbeState) => {
      if (state === 'failing') {
        this.options.onUnhealthy('startup', startup.failureThreshold);
        return;
      }
      starting.abort();
      this.#started = true;
      this.options.onChange();
      this.#watchStarted(signal);
    };
    void this.#run(startup, { impatient: false, tell }, AbortSignal.any([signal, starting.signal]));
  }

  #watchStarted(signal: AbortSignal): void {
    const { liveness, readiness } = this.options.probes;
    if (liveness !== undefined) {
      const tell = (state: ProbeState) => {
        if (state === 'failing') this.options.onUnhealthy('liveness', liveness.failureThreshold);
      };
      void this.#run(liveness, { impatient: false, tell }, signal);
    }
    if (readiness !== undefined)
      void this.#run(readiness, { impatient: true, tell: (state) => this.#takeReadiness(state) }, signal);
  }

  #takeReadiness(state: ProbeState): void {
    const ready = state === 'passing';
    if (ready === this.#ready) return;
    this.#ready = ready;
    this.options.onChange();
  }

  #run(
    probe: PlannedProbe,
    how: { readonly impatient: boolean; readonly tell: (state: ProbeState) => void },
    signal: AbortSignal,
  ): Promise<void> {
    const attempt = () => this.options.attempt(probe.action, probe.timeoutMs);
    return runProbe({ probe, attempt, ...how }, signal);
  }
}
