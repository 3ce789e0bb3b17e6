import { admin, cluster, listener, route, type JsonValue } from '@istio-ts/xds-types';
import { printMessage, resourceIn, sectionOf, type ConfigDump } from '../../dump/config-dump.js';
import { renderUnifiedDiff } from '../../diff/unified-diff.js';
import { compareText } from '../../summaries/cluster-name.js';
import { renderYaml } from '../../writers/yaml.js';

/** Resources of one kind by name, as text. */
type Texts = ReadonlyMap<string, string>;

interface Comparison {
  readonly title: string;
  /** Only what istiod sends; the proxy's static resources come from its bootstrap. */
  readonly texts: (dump: ConfigDump) => Texts;
}

const comparisons: readonly Comparison[] = [
  { title: 'Clusters', texts: clusterTexts },
  { title: 'Listeners', texts: listenerTexts },
  { title: 'Routes', texts: routeTexts },
];

function clusterTexts(dump: ConfigDump): Texts {
  const entries = sectionOf(dump, admin.ClustersConfigDump).dynamicActiveClusters;
  return textsOf(
    entries.flatMap((entry) => resourceIn(entry.cluster, cluster.Cluster)),
    (each) => printMessage(cluster.Cluster, each),
  );
}

function listenerTexts(dump: ConfigDump): Texts {
  const entries = sectionOf(dump, admin.ListenersConfigDump).dynamicListeners;
  return textsOf(
    entries.flatMap(({ activeState }) => resourceIn(activeState?.listener, listener.Listener)),
    (each) => printMessage(listener.Listener, each),
  );
}

function routeTexts(dump: ConfigDump): Texts {
  const entries = sectionOf(dump, admin.RoutesConfigDump).dynamicRouteConfigs;
  return textsOf(
    entries.flatMap((entry) => resourceIn(entry.routeConfig, route.RouteConfiguration)),
    (each) => printMessage(route.RouteConfiguration, each),
  );
}

function textsOf<T extends { readonly name: string }>(
  resources: readonly T[],
  print: (resource: T) => JsonValue,
): Texts {
  return new Map(resources.map((each) => [each.name, renderYaml(print(each))]));
}

/**
 * What istiod has for a proxy against what the proxy has, kind by kind: `Clusters Match`, or the differing resources as a
 * unified difference.
 */
export function compareDumps(istiod: ConfigDump, proxy: ConfigDump): string {
  return comparisons.map(({ title, texts }) => renderComparison(title, texts(istiod), texts(proxy))).join('');
}

function renderComparison(title: string, wanted: Texts, held: Texts): string {
  const names = [...new Set([...wanted.keys(), ...held.keys()])].sort(compareText);
  const differing = names.filter((name) => wanted.get(name) !== held.get(name));
  if (differing.length === 0) return `${title} Match\n`;
  const diffs = differing.map((name) => {
    const diff = renderUnifiedDiff(wanted.get(name) ?? '', held.get(name) ?? '');
    return `--- Istiod ${title}: ${name}\n+++ Envoy ${title}: ${name}\n${diff}`;
  });
  return `${title} Don't Match\n${diffs.join('')}`;
}
