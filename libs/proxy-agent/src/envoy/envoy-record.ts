import { readFile, rename, writeFile } from 'node:fs/promises';
import { hashBytes } from '@istio-ts/foundation';
import { readOptional } from '../read-file.js';

/** The note that an agent leaves of its Envoy, for the agent that comes after it when it dies. */
export interface EnvoyRecord {
  readonly pid: number;
  /** When the kernel started the process, in its own units: with the number it names one process for good. */
  readonly startTime: string;
  /** Of what it was started with. */
  readonly fingerprint: string;
}

/** Equal where two Envoys were started with the same binary, arguments and bootstrap. */
export function envoyFingerprint(binary: string, args: readonly string[], bootstrap: string): string {
  return hashBytes(Buffer.from([binary, ...args, bootstrap].join('\0')));
}

export async function writeEnvoyRecord(file: string, pid: number, fingerprint: string): Promise<void> {
  const startTime = await processStartTime(pid);
  if (startTime === undefined) return;
  await writeFile(`${file}.new`, `${pid} ${startTime} ${fingerprint}\n`);
  await rename(`${file}.new`, file);
}

/** The recorded Envoy, where it still runs. */
export async function findRunningEnvoy(file: string): Promise<EnvoyRecord | undefined> {
  const [pid, startTime, fingerprint] = ((await readOptional(file)) ?? '').trim().split(' ');
  if (pid === undefined || startTime === undefined || fingerprint === undefined) return undefined;
  const record = { pid: Number(pid), startTime, fingerprint };
  return (await isRunning(record)) ? record : undefined;
}

/** Whether the process of a record is there and has not ended. */
export async function isRunning({
  pid,
  startTime,
}: Pick<EnvoyRecord, 'pid' | 'startTime'>): Promise<boolean> {
  return (await processStartTime(pid)) === startTime;
}

/** From `/proc/<pid>/stat`; nothing for a process that is gone, or that ended and was not waited for. */
async function processStartTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The program's name comes second and may hold spaces and brackets.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? undefined : fields[18];
}
