import { invariant } from '@istio-ts/foundation';
import type { ConfigRow } from './config-row.js';

/** Every outcome must be true: a figure for work that failed would say nothing. */
export function timed(name: string, aimMs: number, work: () => readonly boolean[]): ConfigRow {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const outcomes = work();
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  invariant(
    outcomes.every((outcome) => outcome),
    `the bench "${name}" did what it measures`,
  );
  const heapMb = process.memoryUsage().heapUsed / 1024 / 1024;
  return { name, ms, cpuMs: (user + system) / 1000, aimMs, heapMb };
}

export function slowestOf(rows: readonly ConfigRow[]): ConfigRow {
  const [slowest] = [...rows].sort((a, b) => b.ms - a.ms);
  invariant(slowest !== undefined, 'there is something to compare');
  return slowest;
}
