import { setTimeout as delay } from 'node:timers/promises';
import { MeshError } from '@istio-ts/foundation';
import { quantile } from './quantile.js';

/** Latencies in milliseconds. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Attempts that failed, and why the first of them did. */
  readonly failures: number;
  readonly failure?: string;
}

/** Calls something again and again, with a pause between, until it is stopped. */
export class LatencyProbe {
  private latencies: number[] = [];
  private failures = 0;
  private failure: string | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly attempt: () => Promise<void>,
    private readonly pauseMs: number,
  ) {}

  start(): void {
    this.running = this.loop();
  }

  async stop(): Promise<Latency> {
    this.stopped = true;
    await this.running;
    const { latencies, failures, failure } = this;
    return {
      count: latencies.length,
      p50: quantile(latencies, 0.5),
      p99: quantile(latencies, 0.99),
      max: Math.max(0, ...latencies),
      failures,
      ...(failure !== undefined && { failure }),
    };
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      const startedAt = performance.now();
      try {
        await this.attempt();
      } catch (error) {
        this.failures += 1;
        this.failure ??= MeshError.from(error).message;
      }
      this.latencies.push(performance.now() - startedAt);
      await delay(this.pauseMs);
    }
  }
}
