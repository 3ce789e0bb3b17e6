export type CaptureTable = 'mangle' | 'nat' | 'raw';

/** One rule. `spec` is what follows the chain's name on iptables' command line. */
export interface CaptureRule {
  readonly table: CaptureTable;
  readonly chain: string;
  /** Where it is inserted, counting from 1; at the end without. */
  readonly position?: number;
  readonly spec: string;
}

/** A chain of the kernel, not of ours. */
export function isBuiltIn(chain: string): boolean {
  return !chain.startsWith('ISTIO_');
}

/** Appends rules to one chain of one table. */
export function append(
  table: CaptureTable,
  chain: string,
  ...specs: readonly string[]
): readonly CaptureRule[] {
  return specs.map((spec) => ({ table, chain, spec }));
}

export function insert(table: CaptureTable, chain: string, position: number, spec: string): CaptureRule {
  return { table, chain, position, spec };
}
