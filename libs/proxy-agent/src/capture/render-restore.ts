import { isBuiltIn, type CaptureRule, type CaptureTable } from './capture-rule.js';
import { renderIptablesSpec } from './iptables-spec.js';
import { nothingSaved, type SavedRules } from './saved-rules.js';

/** In the order in which iptables-restore is given them. */
const tables: readonly CaptureTable[] = ['mangle', 'nat', 'raw'];

/**
 * The input of `iptables-restore --noflush` that puts the rules in place of whatever of ours is there: each table changes at
 * once, and what is not ours stays.
 */
export function renderRestore(rules: readonly CaptureRule[], saved: SavedRules = nothingSaved): string {
  return tables
    .map((table) =>
      renderTable(
        table,
        rules.filter((rule) => rule.table === table),
        saved,
      ),
    )
    .join('');
}

function renderTable(table: CaptureTable, rules: readonly CaptureRule[], saved: SavedRules): string {
  const present = saved.chains.get(table) ?? [];
  const hooks = saved.hooks.get(table) ?? [];
  const wanted = [...new Set(rules.map(({ chain }) => chain).filter((chain) => !isBuiltIn(chain)))];
  const obsolete = present.filter((chain) => !wanted.includes(chain));
  const lines = [
    ...hooks.map((hook) => `-D ${hook}`),
    ...present.map((chain) => `-F ${chain}`),
    ...obsolete.map((chain) => `-X ${chain}`),
    ...wanted.filter((chain) => !present.includes(chain)).map((chain) => `-N ${chain}`),
    ...rules.map(renderRule),
  ];
  return lines.length === 0 ? '' : [`* ${table}`, ...lines, 'COMMIT', ''].join('\n');
}

function renderRule({ chain, position, ...rule }: CaptureRule): string {
  const spec = renderIptablesSpec(rule);
  return position === undefined ? `-A ${chain} ${spec}` : `-I ${chain} ${position} ${spec}`;
}
