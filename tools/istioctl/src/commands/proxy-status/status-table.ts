import { compareText } from '../../summaries/cluster-name.js';
import { renderTable } from '../../writers/table.js';
import { SyncState, syncTypes, type ProxySync, type SyncTitle } from './sync-status.js';

/** The columns of the usual table; extensions have none, as few proxies ask for any. */
const columns: readonly SyncTitle[] = ['CDS', 'LDS', 'EDS', 'RDS'];

/** One line a proxy and a column a type, sorted by cluster and name. */
export function renderStates(proxies: readonly ProxySync[]): string {
  const rows = sorted(proxies).map(({ proxy, cluster, istiod, version, states }) => [
    proxy,
    cluster,
    ...columns.map((title) => states.get(title) ?? SyncState.NotSent),
    istiod,
    version,
  ]);
  return renderTable([['NAME', 'CLUSTER', ...columns, 'ISTIOD', 'VERSION'], ...rows]);
}

/** One line a proxy, with the types that it asks for instead of their states. */
export function renderSubscriptions(proxies: readonly ProxySync[]): string {
  const rows = sorted(proxies).map(({ proxy, cluster, istiod, version, states }) => {
    const titles = syncTypes.map(({ title }) => title).filter((title) => isKnown(states.get(title)));
    const types = titles.length === 0 ? '0' : `${titles.length} (${titles.join(',')})`;
    return [proxy, cluster, istiod, version, types];
  });
  return renderTable([['NAME', 'CLUSTER', 'ISTIOD', 'VERSION', 'SUBSCRIBED TYPES'], ...rows]);
}

function isKnown(state: SyncState | undefined): boolean {
  return state !== undefined && state !== SyncState.Unknown;
}

function sorted(proxies: readonly ProxySync[]): readonly ProxySync[] {
  return [...proxies].sort((a, b) => compareText(a.cluster, b.cluster) || compareText(a.proxy, b.proxy));
}
