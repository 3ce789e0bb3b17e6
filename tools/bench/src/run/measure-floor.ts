import { setTimeout as delay } from 'node:timers/promises';
import { probeName } from '../client/ads-client.js';
import type { Target } from '../client/ads-connection.js';
import type { Fleets } from '../fleet/fleets.js';
import type { FloorCommand, FloorReply } from '../floor/floor-worker.js';
import { readUsage } from '../measure/process-usage.js';
import { meshEvent } from '../scenario/events.js';
import type { MeshShape } from '../scenario/mesh-manifests.js';
import { runsPerEvent } from './measure-istiod.js';
import { Meter, type Measured } from './meter.js';
import { highestPeak, medianMeasured, type FloorResult, type RowName } from './results.js';
import { Worker } from './worker-channel.js';

const settleMs = 2000;
const replayedEvents = ['endpoint', 'virtual-service', 'new-service'] as const;

/** The rows again, at a server that sends what was recorded. The clients start from nothing. */
export async function measureFloor(
  fleets: Fleets,
  recordingFile: string,
  shape: MeshShape,
): Promise<FloorResult> {
  const floor = Worker.start<FloorCommand, FloorReply>('floor');
  try {
    const { port } = await floor.call({ kind: 'listen', recordingFile });
    await fleets.forget();
    return await measureRows({ floor, fleets, shape, target: { host: '127.0.0.1', port } });
  } finally {
    await fleets.disconnect();
    floor.stop();
  }
}

interface FloorBench {
  readonly floor: Worker<FloorCommand, FloorReply>;
  readonly fleets: Fleets;
  readonly shape: MeshShape;
  readonly target: Target;
}

async function measureRows({ floor, fleets, shape, target }: FloorBench): Promise<FloorResult> {
  const meter = new Meter(fleets, floor.pid);
  const rows: Partial<Record<RowName, Measured>> = {};
  rows['first-sync'] = await meter.measure({ kind: 'live' }, () => fleets.connect(target));
  await delay(settleMs);
  const { residentMiB } = await readUsage(floor.pid);
  for (const name of replayedEvents) {
    const runs: Measured[] = [];
    for (let run = 1; run <= runsPerEvent; run += 1) {
      const { changes } = meshEvent(name, shape, run);
      const replay = async (): Promise<void> => {
        await floor.call({ kind: 'replay', label: `${name}-${run}` });
      };
      runs.push(await meter.measure({ kind: 'changes', changes }, replay));
    }
    rows[name] = medianMeasured(runs);
  }
  await fleets.disconnect();
  await delay(settleMs);
  const goal = { kind: 'answered', type: 'eds', name: probeName } as const;
  rows.reconnect = await meter.measure(goal, () => fleets.connect(target));
  return { rows, residentMiB, peakMiB: highestPeak(rows) };
}
