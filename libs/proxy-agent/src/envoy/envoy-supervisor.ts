import type { Clock, Logger } from '@istio-ts/foundation';
import { Backoff, pause } from '../backoff.js';
import { EnvoyProcess, type EnvoyExit, type EnvoyStart } from './envoy-process.js';

export interface SupervisorOptions {
  readonly start: EnvoyStart;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** A run of at least this length ends a crash loop. */
const healthyRunMs = 10_000;
const killAfterMs = 5000;

/** Keeps one Envoy running: a crash costs a restart, and crashes in a row ever longer pauses and one clear report each. */
export class EnvoySupervisor {
  private restarts = 0;

  constructor(private readonly options: SupervisorOptions) {}

  /** How often it was started again. */
  get restartCount(): number {
    return this.restarts;
  }

  /** Runs until the signal aborts; then Envoy is ended at once (draining comes before). */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.options;
    const backoff = new Backoff({ firstMs: 200, maxMs: 10_000, random });
    for (let crashes = 0; !signal.aborted;) {
      const startedAtMs = clock.nowMs();
      const exit = await this.runOnce(signal);
      if (isAborted(signal)) return;
      const ranMs = clock.nowMs() - startedAtMs;
      if (ranMs >= healthyRunMs) {
        crashes = 0;
        backoff.reset();
      }
      crashes += 1;
      this.restarts += 1;
      const delayMs = backoff.delayMs();
      this.report(exit, { crashes, ranMs, delayMs });
      await pause(clock, delayMs, signal);
    }
  }

  private async runOnce(signal: AbortSignal): Promise<EnvoyExit> {
    const envoy = new EnvoyProcess(this.options.start);
    let cancelKill: (() => void) | undefined;
    const end = (): void => {
      envoy.terminate();
      cancelKill = this.options.clock.setTimer(killAfterMs, () => envoy.kill());
    };
    signal.addEventListener('abort', end, { once: true });
    try {
      return await envoy.exited;
    } finally {
      signal.removeEventListener('abort', end);
      cancelKill?.();
    }
  }

  private report(
    { code, signal, lastLine }: EnvoyExit,
    {
      crashes,
      ranMs,
      delayMs,
    }: { readonly crashes: number; readonly ranMs: number; readonly delayMs: number },
  ): void {
    const how = signal === undefined ? `with status ${code ?? 'unknown'}` : `by ${signal}`;
    const series = crashes > 1 ? `, ${crashes} times in a row` : '';
    const why = lastLine === '' ? '' : `: ${lastLine}`;
    this.options.logger.error(`Envoy ended ${how} after ${ranMs} ms${series}${why}`, {
      'next start in ms': delayMs,
    });
  }
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
