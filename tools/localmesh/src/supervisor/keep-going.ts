import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/**
 * A failure that nobody caught costs what it happened in, not the mesh. The person at the terminal is told in a line, and
 * the trace goes to a file.
 */
export function keepGoing(onProblem: (thrown: unknown) => void, logFile: string): void {
  const note = (thrown: unknown) => {
    const failure = MeshError.from(thrown);
    const known = failure.code !== MeshErrorCode.Unknown;
    onProblem(known ? failure : new Error(`an error inside localmesh: ${failure.message} (see ${logFile})`));
    const trace = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    try {
      mkdirSync(dirname(logFile), { recursive: true });
      appendFileSync(logFile, `${new Date().toISOString()} ${trace}\n`);
    } catch {
      // Where nothing can be written the line on the terminal has to do.
    }
  };
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
}
