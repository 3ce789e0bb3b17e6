import type { HttpSettingsIr, TcpRouteIr } from '@istio-ts/mesh-ir';
import { durationFromMs, listener, packAny, tcpProxy } from '@istio-ts/xds-types';
import type { Direction } from '../direction.js';
import { dynamicDnsNetworkFilter } from '../filters/dynamic-dns.js';
import { filterNames } from '../filters/filter-names.js';
import { statsNetworkFilter } from '../filters/stats.js';
import { orderNetworkFilters } from '../stages.js';
import { accessLogs } from './access-log.js';

/** The filters of a chain that forwards bytes. */
export function tcpFilters(
  settings: HttpSettingsIr,
  direction: Direction,
  route: TcpRouteIr,
): readonly listener.Filter[] {
  return orderNetworkFilters({
    [filterNames.stats]: settings.stats ? statsNetworkFilter(direction) : undefined,
    [filterNames.sniDynamicDns]:
      route.dynamicDnsPort === undefined
        ? undefined
        : dynamicDnsNetworkFilter(settings.dnsRefreshMs, route.dynamicDnsPort),
    [filterNames.tcpProxy]: tcpProxyFilter(settings, route),
  });
}

/** A route to one cluster, named after it. */
export function routeTo(cluster: string): TcpRouteIr {
  return {
    statPrefix: cluster,
    destinations: [{ cluster, weight: 1 }],
    idleTimeoutMs: undefined,
    dynamicDnsPort: undefined,
    origin: undefined,
  };
}

export function tcpProxyFilter(settings: HttpSettingsIr, route: TcpRouteIr): listener.Filter {
  const message = tcpProxy.TcpProxy.create({
    statPrefix: route.statPrefix,
    clusterSpecifier: clusterSpecifier(route),
    idleTimeout: route.idleTimeoutMs === undefined ? undefined : durationFromMs(route.idleTimeoutMs),
    accessLog: accessLogs(settings),
  });
  return listener.Filter.create({
    name: filterNames.tcpProxy,
    configType: { $case: 'typedConfig', value: packAny(tcpProxy.TcpProxy, message) },
  });
}

function clusterSpecifier({ destinations }: TcpRouteIr): NonNullable<tcpProxy.TcpProxy['clusterSpecifier']> {
  const [sole] = destinations;
  if (sole !== undefined && destinations.length === 1) return { $case: 'cluster', value: sole.cluster };
  return {
    $case: 'weightedClusters',
    value: tcpProxy.TcpProxy_WeightedCluster.create({
      clusters: destinations.map(({ cluster, weight }) =>
        tcpProxy.TcpProxy_WeightedCluster_ClusterWeight.create({ name: cluster, weight }),
      ),
    }),
  };
}
