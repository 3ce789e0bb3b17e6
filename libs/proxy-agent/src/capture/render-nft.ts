import { isBuiltIn, type CaptureRule, type CaptureTable } from './capture-rule.js';
import { nftChain, renderNftSpec } from './nftables-spec.js';

/** In the order in which nft is given them. */
const tables: readonly CaptureTable[] = ['nat', 'mangle', 'raw'];

/** How a chain is called by the kernel: type of the hook, and its place among others at the same hook. */
const hooks: Readonly<Record<CaptureTable, { readonly output: string; readonly priority: number }>> = {
  nat: { output: 'nat', priority: -100 },
  mangle: { output: 'route', priority: -150 },
  raw: { output: 'filter', priority: -300 },
};

/** The order in which chains are made; the kernel's first. */
const chainOrder = [
  ...['PREROUTING', 'OUTPUT', 'ISTIO_DIVERT', 'ISTIO_TPROXY', 'ISTIO_INBOUND'],
  ...['ISTIO_REDIRECT', 'ISTIO_IN_REDIRECT', 'ISTIO_OUTPUT', 'ISTIO_DROP'],
];

/** A script for nft that makes our tables anew, of both address families: all of it holds at once, or nothing. */
export function renderNft(rules: readonly CaptureRule[]): string {
  return tables
    .map((table) =>
      renderTable(
        table,
        rules.filter((rule) => rule.table === table),
      ),
    )
    .join('');
}

/** Takes our tables away, also where they are not there. */
export function renderNftRemoval(): string {
  return tables.map((table) => `add table ${nameOf(table)}\ndelete table ${nameOf(table)}\n`).join('');
}

function nameOf(table: CaptureTable): string {
  return `inet istio-proxy-${table}`;
}

function renderTable(table: CaptureTable, rules: readonly CaptureRule[]): string {
  if (rules.length === 0) return '';
  const name = nameOf(table);
  const used = new Set(rules.map(({ chain }) => chain));
  const chains = chainOrder.filter((chain) => used.has(chain));
  return [
    `add table ${name}`,
    `flush table ${name}`,
    ...chains.map((chain) => `add chain ${name} ${nftChain(chain)}${renderHook(table, chain)}`),
    ...renderRules(name, rules),
    '',
  ].join('\n');
}

function renderHook(table: CaptureTable, chain: string): string {
  if (!isBuiltIn(chain)) return '';
  const { output, priority } = hooks[table];
  const type = table === 'nat' ? 'nat' : chain === 'OUTPUT' ? output : 'filter';
  return ` { type ${type} hook ${nftChain(chain)} priority ${priority} ; }`;
}

/** nft inserts before a rule that is there, counting from 0, and only appends to a chain that is too short. */
function renderRules(table: string, rules: readonly CaptureRule[]): readonly string[] {
  const lengths = new Map<string, number>();
  return rules.map((rule) => {
    const length = lengths.get(rule.chain) ?? 0;
    lengths.set(rule.chain, length + 1);
    const where = `${table} ${nftChain(rule.chain)}`;
    const index = (rule.position ?? Infinity) - 1;
    const spec = renderNftSpec(rule);
    return index < length ? `insert rule ${where} index ${index} ${spec}` : `add rule ${where} ${spec}`;
  });
}
