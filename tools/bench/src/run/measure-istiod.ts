import { setTimeout as delay } from 'node:timers/promises';
import { probeName } from '../client/ads-client.js';
import type { Fleets } from '../fleet/fleets.js';
import { firstSync, type RecordedMessage } from '../floor/recording.js';
import { LatencyProbe } from '../measure/latency-probe.js';
import { readUsage } from '../measure/process-usage.js';
import { eventNames, meshEvent, type EventName } from '../scenario/events.js';
import type { ManifestFolder } from '../scenario/manifest-folder.js';
import type { MeshShape } from '../scenario/mesh-manifests.js';
import type { IstiodProcess } from './istiod-process.js';
import { Meter, type Measured } from './meter.js';
import {
  highestPeak,
  medianMeasured,
  type IstiodResult,
  type ProbedRow,
  type Responsiveness,
  type RowName,
} from './results.js';

/** How often each change is made; the table shows the median. */
export const runsPerEvent = 3;
const unseenWindowMs = 2000;
const settleMs = 2000;
const betweenEditsMs = 100;
const probePauseMs = 40;
const behindRun = 100;

export interface IstiodBench {
  readonly istiod: IstiodProcess;
  readonly fleets: Fleets;
  readonly folder: ManifestFolder;
  readonly shape: MeshShape;
  /** Told of each row as it is measured. */
  readonly report: (row: RowName, measured: Measured) => void;
}

/** All rows at an istiod that has no clients yet, and what it sent to one client, by event. */
export class IstiodMeasurement {
  readonly recording = new Map<string, readonly RecordedMessage[]>();
  private readonly rows: Partial<Record<RowName, Measured>> = {};
  private readonly responsiveness: Responsiveness[] = [];
  private readonly meter: Meter;

  constructor(private readonly bench: IstiodBench) {
    this.meter = new Meter(bench.fleets, bench.istiod.pid);
  }

  async run(startSeconds: number): Promise<IstiodResult> {
    const { istiod, fleets } = this.bench;
    await this.probed('first-sync', { kind: 'live' }, () => fleets.connect(istiod.target));
    await this.keepRecorded(firstSync);
    await delay(settleMs);
    const { residentMiB } = await readUsage(istiod.pid);
    for (const name of eventNames) await this.repeatEvent(name);
    await this.endpointBehindRoutes();
    await this.reconnect();
    const { rows, responsiveness } = this;
    const { lost } = await fleets.counts();
    const memory = { residentMiB, peakMiB: highestPeak(rows) };
    return { rows, responsiveness, startSeconds, ...memory, lostStreams: lost };
  }

  private async repeatEvent(name: EventName): Promise<void> {
    const runs: Measured[] = [];
    for (let run = 1; run <= runsPerEvent; run += 1) {
      runs.push(await this.event(name, run));
      await this.keepRecorded(`${name}-${run}`);
    }
    this.add(name, medianMeasured(runs));
  }

  private event(name: EventName, run: number): Promise<Measured> {
    const { file, changes } = meshEvent(name, this.bench.shape, run);
    const write = (): Promise<void> => this.bench.folder.write(file);
    if (changes.length === 0) return this.meter.watch(unseenWindowMs, write);
    return this.meter.measure({ kind: 'changes', changes }, write);
  }

  /** How soon an endpoint is everywhere when a route table went out just before; timed from the endpoint's own edit. */
  private async endpointBehindRoutes(): Promise<void> {
    const { folder, shape, istiod } = this.bench;
    const routes = meshEvent('virtual-service', shape, behindRun);
    const endpoint = meshEvent('endpoint', shape, behindRun);
    await folder.write(routes.file);
    await delay(betweenEditsMs);
    const goal = { kind: 'changes', changes: endpoint.changes } as const;
    const sent = istiod.sentMs('ServiceEntry');
    await this.probed(
      'behind-routes',
      goal,
      () => folder.write(endpoint.file),
      async () => {
        const sentMs = await sent;
        return sentMs === undefined ? {} : { sentSeconds: sentMs / 1000 };
      },
    );
  }

  private async reconnect(): Promise<void> {
    const { istiod, fleets } = this.bench;
    await fleets.disconnect();
    await delay(settleMs);
    const goal = { kind: 'answered', type: 'eds', name: probeName } as const;
    await this.probed('reconnect', goal, () => fleets.connect(istiod.target));
  }

  /** Measures a row while readiness and signing are asked for again and again; `tell`: what else is known of it then. */
  private async probed(
    row: ProbedRow,
    goal: Parameters<Meter['measure']>[0],
    act: () => Promise<void>,
    tell: () => Promise<Partial<Measured>> = () => Promise.resolve({}),
  ): Promise<void> {
    const signer = await this.bench.istiod.signingClient();
    const ready = new LatencyProbe(() => this.bench.istiod.askReady(), probePauseMs);
    const signing = new LatencyProbe(() => signer.sign(), probePauseMs * 5);
    ready.start();
    signing.start();
    try {
      const measured = await this.meter.measure(goal, act);
      this.add(row, { ...measured, ...(await tell()) });
    } finally {
      this.responsiveness.push({ during: row, ready: await ready.stop(), signing: await signing.stop() });
      signer.close();
    }
  }

  private async keepRecorded(label: string): Promise<void> {
    this.recording.set(label, await this.bench.fleets.takeRecorded());
  }

  private add(row: RowName, measured: Measured): void {
    this.rows[row] = measured;
    this.bench.report(row, measured);
  }
}
