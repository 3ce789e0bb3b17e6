/** One figure about reading configuration. */
export interface ConfigRow {
  readonly name: string;
  readonly ms: number;
  /** Processor time: what is left of `ms` when others work on the machine. */
  readonly cpuMs: number;
  /** What the figure should stay below. */
  readonly aimMs: number;
  readonly heapMb: number;
}
