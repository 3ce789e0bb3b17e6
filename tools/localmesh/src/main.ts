import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { runPodPort } from './forward/pod-port.js';
import { createProgram } from './cli/program.js';
import { explainFailure } from './platform/explain-failure.js';
import { isMode } from './platform/mode.js';
import { isRecord } from './store/json-record.js';
import { supervise } from './supervisor/supervise.js';
import type { SupervisorOptions } from './supervisor/supervisor-options.js';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A person who asks twice will not wait. The supervisor may be asked by several at once and always ends in order.
    if (ending.signal.aborted && process.argv[2] !== 'supervise') process.exit(130);
    ending.abort();
  });
}

try {
  await main(process.argv.slice(2), ending.signal);
} catch (thrown) {
  // Who asked for the end need not hear what it interrupted.
  if (!ending.signal.aborted) process.stderr.write(`${MeshError.from(thrown).message}\n`);
  process.exitCode = ending.signal.aborted ? 130 : 1;
}

/** `supervise` and `pod-port` are for this program itself, which starts them inside namespaces. */
async function main(args: readonly string[], signal: AbortSignal): Promise<void> {
  const [command, first = '', second = ''] = args;
  if (command === 'supervise') {
    // The process that started this one holds the other end: when it is gone, so is the reason to run.
    process.stdin.on('end', () => ending.abort()).resume();
    const options = readOptions(first);
    await supervise(options, signal).catch((thrown: unknown) => endWithReason(thrown, options.data));
    process.exit();
  }
  if (command === 'pod-port') return runPodPort(first, second, signal);
  await createProgram(signal).parseAsync([...args], { from: 'user' });
}

/** Servers and pods may be there already: the supervisor ends, and everything with it. */
function endWithReason(thrown: unknown, data: string): void {
  process.stderr.write(`${explainFailure(thrown, data).message}\n`);
  process.exitCode = 1;
}

function readOptions(text: string): SupervisorOptions {
  const parsed: unknown = JSON.parse(text);
  if (isSupervisorOptions(parsed)) return parsed;
  throw new MeshError(MeshErrorCode.Usage, '"supervise" is started by "localmesh up" only');
}

function isSupervisorOptions(value: unknown): value is SupervisorOptions {
  return (
    isRecord(value) &&
    typeof value['mode'] === 'string' &&
    isMode(value['mode']) &&
    typeof value['data'] === 'string'
  );
}
