import { dynamicDnsCluster, type DynamicDnsClusterIr } from '@istio-ts/mesh-ir';
import { cluster, durationFromMs } from '@istio-ts/xds-types';
import { noLimits } from './circuit-breaker.js';
import { dynamicDnsDiscovery } from './dynamic-dns-discovery.js';
import { httpOptions } from './http-options.js';
import { statName } from './stat-name.js';
import { upstreamTls } from './tls.js';

/** Calls to hosts that the mesh does not know, where these are to be looked up. */
export function unknownHostsCluster({
  connectTimeoutMs,
  refreshMs,
  tls,
}: DynamicDnsClusterIr): cluster.Cluster {
  return cluster.Cluster.create({
    name: dynamicDnsCluster,
    altStatName: statName(dynamicDnsCluster),
    connectTimeout: durationFromMs(connectTimeoutMs),
    ...dynamicDnsDiscovery(refreshMs, tls),
    lbPolicy: cluster.Cluster_LbPolicy.CLUSTER_PROVIDED,
    circuitBreakers: noLimits,
    typedExtensionProtocolOptions: httpOptions({
      protocol: 'downstream',
      pool: { ...anyPool, idleTimeoutMs: 300_000 },
      maxConnectionDurationMs: undefined,
      tls,
      namedByCalls: true,
    }),
    transportSocket: upstreamTls(tls, false),
  });
}

const anyPool = {
  maxRequestsPerConnection: undefined,
  maxConcurrentStreams: undefined,
  useClientProtocol: true,
};
