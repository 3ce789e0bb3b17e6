import { MeshError, type Clock, type Logger } from '@istio-ts/foundation';
import { Backoff, pause } from '../backoff.js';
import { AdoptedEnvoy } from './adopted-envoy.js';
import { EnvoyProcess, type EnvoyExit, type EnvoyStart, type RunningEnvoy } from './envoy-process.js';
import { envoyFingerprint, findRunningEnvoy, writeEnvoyRecord } from './envoy-record.js';

export interface SupervisorOptions {
  readonly start: EnvoyStart;
  /** What it is started with. */
  readonly bootstrap: string;
  /** Where the running Envoy is noted, for the agent that comes after this one. */
  readonly recordFile: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** A run of at least this length ends a crash loop. */
const healthyRunMs = 10_000;
const killAfterMs = 5000;

/**
 * Keeps one Envoy running: a crash costs a restart, and crashes in a row ever longer pauses and one clear report each. An
 * Envoy that outlived the agent before this one is taken over as it is, where it was started in the same way.
 */
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
    const envoy = (await this.adopt()) ?? (await this.start());
    let cancelKill: (() => void) | undefined;
    const end = (): void => {
      envoy.terminate();
      cancelKill = this.options.clock.setTimer(killAfterMs, () => envoy.kill());
    };
    signal.addEventListener('abort', end, { once: true });
    if (isAborted(signal)) end();
    try {
      return await envoy.exited;
    } finally {
      signal.removeEventListener('abort', end);
      cancelKill?.();
    }
  }

  private async start(): Promise<RunningEnvoy> {
    const { start, recordFile, bootstrap, logger } = this.options;
    const envoy = new EnvoyProcess(start);
    if (envoy.pid === undefined) return envoy;
    const fingerprint = envoyFingerprint(start.binary, start.args, bootstrap);
    await writeEnvoyRecord(recordFile, envoy.pid, fingerprint).catch((error: unknown) => {
      const reason = MeshError.from(error).message;
      logger.warn('Envoy is not noted: should this agent die, the next one will not find it', { reason });
    });
    return envoy;
  }

  /** One that was started otherwise would be in the way: it is ended. */
  private async adopt(): Promise<RunningEnvoy | undefined> {
    const { start, recordFile, bootstrap, clock, logger } = this.options;
    const found = await findRunningEnvoy(recordFile);
    if (found === undefined) return undefined;
    const envoy = new AdoptedEnvoy(found, clock);
    if (found.fingerprint === envoyFingerprint(start.binary, start.args, bootstrap)) {
      logger.info('the Envoy of an earlier agent still runs and is taken over', { pid: found.pid });
      return envoy;
    }
    logger.warn('the Envoy of an earlier agent was started with other settings and is ended', {
      pid: found.pid,
    });
    envoy.terminate();
    const cancelKill = clock.setTimer(killAfterMs, () => envoy.kill());
    await envoy.exited;
    cancelKill();
    return undefined;
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
