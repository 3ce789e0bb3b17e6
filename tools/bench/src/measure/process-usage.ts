import { readdir, readFile, writeFile } from 'node:fs/promises';
import { MeshError } from '@istio-ts/foundation';

/** Clock ticks a second of /proc, the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

export interface ProcessUsage {
  /** User and system time of all threads since the start. */
  readonly cpuSeconds: number;
  readonly residentMiB: number;
  /** Highest resident memory since the start, or since `resetPeak`. */
  readonly peakMiB: number;
}

/** Reads /proc/PID. Throws a MeshError where the process is gone. */
export async function readUsage(pid: number): Promise<ProcessUsage> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/status`, 'utf8'),
    ]);
    return {
      ...parseStat(stat),
      residentMiB: parseStatus(status, 'VmRSS'),
      peakMiB: parseStatus(status, 'VmHWM'),
    };
  } catch (error) {
    throw MeshError.from(error, `cannot read the usage of process ${pid}`);
  }
}

/**
 * CPU time of all threads that a process has now, to the nanosecond as the scheduler counts it: for short measurements of
 * a process whose threads do not end. Throws a MeshError where the process is gone.
 */
export async function readCpuSeconds(pid: number): Promise<number> {
  try {
    const threads = await readdir(`/proc/${pid}/task`);
    const files = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8'));
    const nanoseconds = (await Promise.all(files)).map((text) => Number(text.split(' ')[0]));
    return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
  } catch (error) {
    throw MeshError.from(error, `cannot read the CPU time of process ${pid}`);
  }
}

/** `/proc/PID/stat`: the command may contain blanks and brackets, so fields are counted from its last bracket. */
export function parseStat(stat: string): Pick<ProcessUsage, 'cpuSeconds'> {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = fields.slice(11, 13).map(Number);
  return { cpuSeconds: ((userTicks ?? 0) + (systemTicks ?? 0)) / ticksPerSecond };
}

/** A line `NAME:  123 kB` of `/proc/PID/status`, in MiB. */
export function parseStatus(status: string, name: string): number {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(status);
  return Number(match?.[1] ?? 0) / 1024;
}

/** Makes the peak of a process start again from its present size; needs to own the process. */
export async function resetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}
