import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that works in a folder. */
export interface FolderProcess {
  readonly pid: number;
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
      return [{ pid: Number(pid), parent: parentOf(readFileSync(`/proc/${pid}/stat`, 'utf8')) }];
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

/** The parent in `/proc/<pid>/stat`, behind the program's name, which may hold spaces and brackets. */
function parentOf(stat: string): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
