export type CaptureTable = 'mangle' | 'nat' | 'raw';

/** What a packet has to be. `not` turns a match round. */
export type PacketMatch =
  | { readonly kind: 'input' | 'output'; readonly interface: string }
  | { readonly kind: 'tcp' }
  | { readonly kind: 'source' | 'destination'; readonly range: string; readonly not?: boolean }
  /** Of a packet that is known to be TCP. */
  | { readonly kind: 'port'; readonly port: number; readonly not?: boolean }
  | { readonly kind: 'protocol-port'; readonly protocol: 'tcp' | 'udp'; readonly port: number }
  | { readonly kind: 'user' | 'group'; readonly account: string; readonly not?: boolean }
  | { readonly kind: 'mark'; readonly mark: number; readonly not?: boolean }
  | { readonly kind: 'connection-mark'; readonly mark: number }
  | { readonly kind: 'state'; readonly state: 'INVALID' | 'RELATED,ESTABLISHED' };

export type RuleAction =
  | { readonly kind: 'return' | 'accept' | 'drop' | 'save-mark' | 'restore-mark' }
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'redirect'; readonly port: number }
  | { readonly kind: 'set-mark'; readonly mark: number }
  | { readonly kind: 'tproxy'; readonly port: number; readonly mark: number };

/** What a packet has to be, in the order in which iptables is told, and what becomes of it. */
export interface RuleSpec {
  readonly matches: readonly PacketMatch[];
  readonly action: RuleAction;
}

/** One rule; with addresses, it is of their family, and otherwise of both. */
export interface CaptureRule extends RuleSpec {
  readonly table: CaptureTable;
  readonly chain: string;
  /** Where it is inserted, counting from 1; at the end without. */
  readonly position?: number;
}

/** A chain of the kernel, not of ours. */
export function isBuiltIn(chain: string): boolean {
  return !chain.startsWith('ISTIO_');
}

/** Appends rules to one chain of one table. */
export function append(
  table: CaptureTable,
  chain: string,
  ...specs: readonly RuleSpec[]
): readonly CaptureRule[] {
  return specs.map((spec) => ({ table, chain, ...spec }));
}

export function insert(table: CaptureTable, chain: string, position: number, spec: RuleSpec): CaptureRule {
  return { table, chain, position, ...spec };
}

/** Matches and actions, as the rules write them. */
export const tcp: PacketMatch = { kind: 'tcp' };
export const comesInBy = (name: string): PacketMatch => ({ kind: 'input', interface: name });
export const goesOutBy = (name: string): PacketMatch => ({ kind: 'output', interface: name });
export const isFrom = (range: string): PacketMatch => ({ kind: 'source', range });
export const isTo = (range: string): PacketMatch => ({ kind: 'destination', range });
export const isToPort = (port: number): PacketMatch => ({ kind: 'port', port });
export const isToPortOf = (protocol: 'tcp' | 'udp', port: number): PacketMatch => ({
  kind: 'protocol-port',
  protocol,
  port,
});
export const isOfGroup = (account: string): PacketMatch => ({ kind: 'group', account });
export const isMarked = (mark: number): PacketMatch => ({ kind: 'mark', mark });

export function not<Match extends PacketMatch & { readonly not?: boolean }>(match: Match): Match {
  return { ...match, not: true };
}

export function when(matches: readonly PacketMatch[], action: RuleAction): RuleSpec {
  return { matches, action };
}

export const goBack: RuleAction = { kind: 'return' };
export const jumpTo = (chain: string): RuleAction => ({ kind: 'jump', chain });
