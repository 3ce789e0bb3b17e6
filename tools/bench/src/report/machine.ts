import { cpus, loadavg, release, totalmem } from 'node:os';
import { renderNumber } from './format.js';

/** Above this others were at work: the parts of the bench that went before leave a load of one to two behind. */
const busyLoad = 2;
const busy = ' Others were at work: all times are longer than on a quiet machine; CPU times are good.';

/** Where and when figures were taken. */
export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly kernel: string;
  readonly node: string;
  /** Processes that wanted a core in the minute before the run: above 0.5 others were at work, and times are too long. */
  readonly loadBefore: number;
}

export function readMachine(): Machine {
  const processors = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processors[0]?.model ?? 'unknown processor',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: `${process.platform} ${release()}`,
    node: process.versions.node,
    loadBefore: loadavg()[0] ?? 0,
  };
}

/** When, on what, and how busy it was. */
export function renderMachine(machine: Machine): string {
  const { date, processor, cores, memoryGiB, kernel, node, loadBefore } = machine;
  const where = `Measured on ${date}: ${processor}, ${cores} cores, ${memoryGiB} GiB, ${kernel}, Node ${node}.`;
  return `${where}\nLoad of the machine in the minute before: ${renderNumber(loadBefore)}.${loadBefore > busyLoad ? busy : ''}`;
}
