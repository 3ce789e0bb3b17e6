import type { Clock } from '@istio-ts/foundation';
import type { EnvoyExit, RunningEnvoy } from './envoy-process.js';
import { isRunning, type EnvoyRecord } from './envoy-record.js';

const lookMs = 100;

/**
 * An Envoy that an earlier agent started. It is no child of this process: nobody tells its exit status, and its own log
 * went to the agent that died.
 */
export class AdoptedEnvoy implements RunningEnvoy {
  readonly exited: Promise<EnvoyExit>;

  constructor(
    private readonly record: EnvoyRecord,
    clock: Clock,
  ) {
    this.exited = untilEnded(record, clock);
  }

  terminate(): void {
    this.signal('SIGTERM');
  }

  kill(): void {
    this.signal('SIGKILL');
  }

  private signal(name: NodeJS.Signals): void {
    try {
      process.kill(this.record.pid, name);
    } catch {
      // It ended by itself in between, which is what was wanted.
    }
  }
}

async function untilEnded(record: EnvoyRecord, clock: Clock): Promise<EnvoyExit> {
  while (await isRunning(record)) await new Promise<void>((resolve) => clock.setTimer(lookMs, resolve));
  return { code: undefined, signal: undefined, lastLine: '' };
}
