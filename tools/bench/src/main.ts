import { MeshError } from '@istio-ts/foundation';
import { runFleetWorker } from './fleet/fleet-worker.js';
import { runFloorWorker } from './floor/floor-worker.js';
import { runBench } from './run/bench.js';
import { parseBenchOptions } from './run/bench-options.js';

const [role] = process.argv.slice(2);

if (role === 'fleet') runFleetWorker();
else if (role === 'floor') runFloorWorker();
else {
  try {
    await runBench(parseBenchOptions(process.argv.slice(2)));
  } catch (thrown) {
    process.stderr.write(`bench: ${MeshError.from(thrown).message}\n`);
    process.exitCode = 1;
  }
}
