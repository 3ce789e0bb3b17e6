import { eventNames } from '../scenario/events.js';
import type { Latency } from '../measure/latency-probe.js';
import { median } from '../measure/quantile.js';
import type { Measured } from './meter.js';

/** What is measured, in the order of measuring and of the table. */
export const rowNames = ['first-sync', ...eventNames, 'behind-routes', 'reconnect'] as const;
export type RowName = (typeof rowNames)[number];

/** Rows of one server; the floor has none for what only a control plane does. */
export type Rows = Readonly<Partial<Record<RowName, Measured>>>;

/** Rows while which readiness and signing are asked for again and again. */
export type ProbedRow = 'first-sync' | 'behind-routes' | 'reconnect';

export interface Responsiveness {
  readonly during: ProbedRow;
  readonly ready: Latency;
  readonly signing: Latency;
}

export interface IstiodResult {
  readonly rows: Rows;
  readonly responsiveness: readonly Responsiveness[];
  /** From the start of the process to readiness. */
  readonly startSeconds: number;
  /** Resident memory after the first sync, once it is quiet, and at its highest over the whole run. */
  readonly residentMiB: number;
  readonly peakMiB: number;
  /** Streams that clients lost and opened again, over the whole run. */
  readonly lostStreams: number;
}

export interface FloorResult {
  readonly rows: Rows;
  readonly residentMiB: number;
  readonly peakMiB: number;
}

export interface SizeResult {
  readonly services: number;
  readonly clients: number;
  readonly istiod: IstiodResult;
  readonly floor: FloorResult;
}

/** Repeated measurements as one: the median of each figure. */
export function medianMeasured(runs: readonly Measured[]): Measured {
  const figure = (pick: (run: Measured) => number | undefined): number | undefined => {
    const values = runs.map(pick).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : median(values);
  };
  return {
    seconds: figure(({ seconds }) => seconds),
    medianSeconds: figure(({ medianSeconds }) => medianSeconds),
    pushedMiB: figure(({ pushedMiB }) => pushedMiB) ?? 0,
    cpuSeconds: figure(({ cpuSeconds }) => cpuSeconds) ?? 0,
    peakMiB: Math.max(...runs.map(({ peakMiB }) => peakMiB)),
  };
}

export function highestPeak(rows: Rows): number {
  return Math.max(0, ...Object.values(rows).map(({ peakMiB }) => peakMiB));
}
