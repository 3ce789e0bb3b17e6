import { isBuiltIn, type CaptureRule, type CaptureTable } from './capture-rule.js';
import { renderIptablesSpec } from './iptables-spec.js';

/** What of ours is in the kernel, from `iptables-save`. */
export interface SavedRules {
  /** Our chains by table. */
  readonly chains: ReadonlyMap<CaptureTable, readonly string[]>;
  /** Our rules in the kernel's own chains, as saved: `OUTPUT -j ISTIO_OUTPUT`. */
  readonly hooks: ReadonlyMap<CaptureTable, readonly string[]>;
}

export const nothingSaved: SavedRules = { chains: new Map(), hooks: new Map() };

/**
 * Reads the output of `iptables-save`. A rule in one of the kernel's chains is ours where it jumps to a chain of ours, is
 * written as one of `wanted`, or handles our TPROXY mark.
 */
export function parseSavedRules(text: string, wanted: readonly CaptureRule[], mark: number): SavedRules {
  const chains = new Map<CaptureTable, string[]>();
  const hooks = new Map<CaptureTable, string[]>();
  const known = new Set(
    wanted
      .filter(({ chain }) => isBuiltIn(chain))
      .map(({ chain, ...spec }) => `${chain} ${renderIptablesSpec(spec)}`),
  );
  let table: CaptureTable | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) table = asTable(line.slice(1).trim());
    if (table === undefined) continue;
    const [, chain] = /^:(ISTIO_\w+) /.exec(line) ?? [];
    if (chain !== undefined) add(chains, table, chain);
    const hook = line.startsWith('-A ') ? line.slice(3).trim() : '';
    if (isOurHook(hook, { known, mark, table })) add(hooks, table, hook);
  }
  return { chains, hooks };
}

function isOurHook(
  hook: string,
  {
    known,
    mark,
    table,
  }: { readonly known: ReadonlySet<string>; readonly mark: number; readonly table: CaptureTable },
): boolean {
  const [chain = ''] = hook.split(' ');
  if (hook === '' || !isBuiltIn(chain)) return false;
  if (/ -j ISTIO_\w+/.test(hook) || known.has(hook)) return true;
  const marks = [mark, mark + 1].map((one) => `0x${one.toString(16)}`);
  return table === 'mangle' && marks.some((one) => new RegExp(` (--mark|--set-x?mark) ${one}\\b`).test(hook));
}

function asTable(name: string): CaptureTable | undefined {
  return name === 'mangle' || name === 'nat' || name === 'raw' ? name : undefined;
}

function add(map: Map<CaptureTable, string[]>, table: CaptureTable, value: string): void {
  map.set(table, [...(map.get(table) ?? []), value]);
}
