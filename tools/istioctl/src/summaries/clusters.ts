import { admin, cluster, type JsonValue } from '@istio-ts/xds-types';
import { printMessage, resourceIn, sectionOf, type ConfigDump } from '../dump/config-dump.js';
import { compareClusterNames, parseClusterName } from './cluster-name.js';
import { renderOrigin } from './origin.js';

export interface ClusterFilter {
  readonly fqdn?: string | undefined;
  readonly subset?: string | undefined;
  readonly direction?: string | undefined;
  /** 0: every port. */
  readonly port: number;
}

/** Static and accepted clusters of a dump that pass the filter, sorted by service. */
export function selectClusters(dump: ConfigDump, filter: ClusterFilter): readonly cluster.Cluster[] {
  const { staticClusters, dynamicActiveClusters } = sectionOf(dump, admin.ClustersConfigDump);
  return [...staticClusters, ...dynamicActiveClusters]
    .flatMap((entry) => resourceIn(entry.cluster, cluster.Cluster))
    .filter(({ name }) => matches(name, filter))
    .sort((a, b) => compareClusterNames(a.name, b.name));
}

function matches(name: string, { fqdn, subset, direction, port }: ClusterFilter): boolean {
  const parts = parseClusterName(name);
  return (
    (fqdn === undefined || (parts?.host ?? name) === fqdn) &&
    (subset === undefined || parts?.subset === subset) &&
    (direction === undefined || parts?.direction === direction.toLowerCase()) &&
    (port === 0 || parts?.port === port)
  );
}

export const clusterHeader = [
  'SERVICE FQDN',
  'PORT',
  'SUBSET',
  'DIRECTION',
  'TYPE',
  'DESTINATION RULE',
] as const;

/** @param unparsed is shown in the place of the host where the name has none */
export function clusterRow(
  { name, metadata, clusterDiscoveryType }: cluster.Cluster,
  unparsed = name,
): readonly string[] {
  const parts = parseClusterName(name);
  const place =
    parts === undefined
      ? [unparsed, '-', '-', '-']
      : [parts.host, String(parts.port), parts.subset === '' ? '-' : parts.subset, parts.direction];
  return [...place, renderType(clusterDiscoveryType), renderOrigin(metadata)];
}

function renderType(discovery: cluster.Cluster['clusterDiscoveryType']): string {
  if (discovery?.$case === 'clusterType') return discovery.value.name;
  return typeNames.get(discovery?.value ?? cluster.Cluster_DiscoveryType.STATIC) ?? '';
}

const typeNames: ReadonlyMap<number, string> = new Map(
  Object.entries(cluster.Cluster_DiscoveryType).map(([name, value]) => [value, name]),
);

export function printClusters(clusters: readonly cluster.Cluster[]): JsonValue {
  return clusters.map((each) => printMessage(cluster.Cluster, each));
}
