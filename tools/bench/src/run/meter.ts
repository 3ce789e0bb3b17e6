import { setTimeout as delay } from 'node:timers/promises';
import type { Goal } from '../client/goal.js';
import type { Fleets } from '../fleet/fleets.js';
import { readUsage, resetPeak } from '../measure/process-usage.js';
import { quantile } from '../measure/quantile.js';

/** What one event took. */
export interface Measured {
  /** From the change to the last client that has it; undefined where no client is to notice. */
  readonly seconds: number | undefined;
  /** The same for the median client. */
  readonly medianSeconds: number | undefined;
  /** From the server's notice of the change until it had sent it to all that may be sent it, where that was asked for. */
  readonly sentSeconds?: number;
  readonly pushedMiB: number;
  /** Of the server's process, from the change until nothing is sent any more. */
  readonly cpuSeconds: number;
  /** Highest resident memory of the server meanwhile. */
  readonly peakMiB: number;
}

const reachTimeoutMs = 300_000;
const quietMs = 300;
const bytesPerMiB = 2 ** 20;

/** Measures events at one server. */
export class Meter {
  constructor(
    private readonly fleets: Fleets,
    private readonly serverPid: number,
  ) {}

  /** Does `act` and waits until all clients have reached `goal` and nothing more is sent. */
  async measure(goal: Goal, act: () => Promise<void>): Promise<Measured> {
    await this.fleets.expect(goal);
    return this.around(async () => {
      const startedAt = Number(process.hrtime.bigint());
      await act();
      const reachedAt = await this.fleets.reached(reachTimeoutMs);
      const seconds = reachedAt.map((at) => (at - startedAt) / 1e9);
      return { seconds: Math.max(...seconds), medianSeconds: quantile(seconds, 0.5) };
    });
  }

  /** Does `act` and watches for `windowMs`. The CPU time of an equal window before it is taken off. */
  async watch(windowMs: number, act: () => Promise<void>): Promise<Measured> {
    const nothing = { seconds: undefined, medianSeconds: undefined };
    const idle = await this.around(() => delay(windowMs, nothing));
    const busy = await this.around(async () => {
      await act();
      return delay(windowMs, nothing);
    });
    return { ...busy, cpuSeconds: Math.max(0, busy.cpuSeconds - idle.cpuSeconds) };
  }

  /** Waits until no client receives anything. */
  async quiet(): Promise<void> {
    for (let last = -1; ;) {
      const { bytes } = await this.fleets.counts();
      if (bytes === last) return;
      last = bytes;
      await delay(quietMs);
    }
  }

  private async around(run: () => Promise<Pick<Measured, 'seconds' | 'medianSeconds'>>): Promise<Measured> {
    await resetPeak(this.serverPid);
    const [usageBefore, countsBefore] = await Promise.all([readUsage(this.serverPid), this.fleets.counts()]);
    const times = await run();
    await this.quiet();
    const [usage, counts] = await Promise.all([readUsage(this.serverPid), this.fleets.counts()]);
    return {
      ...times,
      pushedMiB: (counts.bytes - countsBefore.bytes) / bytesPerMiB,
      cpuSeconds: usage.cpuSeconds - usageBefore.cpuSeconds,
      peakMiB: usage.peakMiB,
    };
  }
}
