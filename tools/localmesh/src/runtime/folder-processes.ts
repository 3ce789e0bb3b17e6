import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that works in a folder. */
export interface FolderProcess {
  readonly pid: number;
  /** Of the program, as the kernel keeps it: its first 15 characters. */
  readonly name: string;
  readonly parent: number;
}

/**
 * The processes whose working directory is a folder or lies below it. Where no namespaces tell pods apart this does: every
 * process of a pod starts in the pod's folder. Those of other users cannot be seen and are not ours.
 */
export function processesIn(folder: string): readonly FolderProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    try {
      const at = readlinkSync(`/proc/${pid}/cwd`);
      if (at !== folder && !at.startsWith(`${folder}/`) && at !== `${folder} (deleted)`) return [];
      return [{ pid: Number(pid), ...readStat(readFileSync(`/proc/${pid}/stat`, 'utf8')) }];
    } catch {
      return [];
    }
  });
}

/** Those whose parent is gone: what started them ended without ending them. */
export function orphansAmong(processes: readonly FolderProcess[], ownPid: number): readonly FolderProcess[] {
  const present = new Set(processes.map(({ pid }) => pid));
  return processes.filter(({ parent }) => parent !== ownPid && !present.has(parent));
}

export function killAll(processes: readonly FolderProcess[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
}

/** `/proc/<pid>/stat`: the program's name comes second, in brackets, and may hold spaces and brackets itself. */
function readStat(stat: string): Omit<FolderProcess, 'pid'> {
  const [begin, end] = [stat.indexOf('(') + 1, stat.lastIndexOf(')')];
  return { name: stat.slice(begin, end), parent: Number(stat.slice(end + 2).split(' ')[1]) };
}
