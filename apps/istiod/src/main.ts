import { logVerbosity, setLogVerbosity } from '@grpc/grpc-js';
import { MeshError } from '@istio-ts/foundation';
import { runIstiod } from './istiod.js';
import { parseOptions } from './options.js';
import { systemClock } from './system-clock.js';
import { createLogger } from './telemetry/logger.js';
import { ownVersion } from './version.js';

// What grpc-js has to say reaches the user through our errors.
setLogVerbosity(logVerbosity.NONE);

const exitAfterMs = 300;
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    stop.abort();
    process.exitCode = 0;
    // Whatever peers keep open does not keep this process: everything that has to stay is on disk.
    setTimeout(() => process.exit(0), exitAfterMs).unref();
  });
}

try {
  const options = parseOptions(process.argv.slice(2), process.env, ownVersion);
  await runIstiod(options, { clock: systemClock, logger: createLogger(options.logLevel) }, stop.signal);
} catch (thrown) {
  process.stderr.write(`istiod: ${MeshError.from(thrown).message}\n`);
  process.exit(1);
}
