import type { ClientTlsIr } from '@istio-ts/mesh-ir';
import { cluster, dynamicForwardProxyCluster, packAny } from '@istio-ts/xds-types';
import { dnsCache } from '../dns-cache.js';

/** A cluster without hosts of its own: it connects to those that the shared cache has learnt of. */
export function dynamicDnsDiscovery(refreshMs: number, tls: ClientTlsIr): Partial<cluster.Cluster> {
  const config = dynamicForwardProxyCluster.ClusterConfig.create({
    clusterImplementationSpecifier: { $case: 'dnsCacheConfig', value: dnsCache(refreshMs) },
    allowInsecureClusterOptions: !verifiesNamedHost(tls),
  });
  return {
    clusterDiscoveryType: {
      $case: 'clusterType',
      value: cluster.Cluster_CustomClusterType.create({
        name: 'envoy.clusters.dynamic_forward_proxy',
        typedConfig: packAny(dynamicForwardProxyCluster.ClusterConfig, config),
      }),
    },
  };
}

/** Envoy insists that such a cluster asks for the host by its name and verifies that name, unless told that it is meant. */
function verifiesNamedHost(tls: ClientTlsIr): boolean {
  switch (tls.kind) {
    case 'plain':
      return true;
    case 'simple':
    case 'mutual':
      return tls.sni === undefined && tls.sans.length === 0 && !tls.insecureSkipVerify;
    case 'auto-mtls':
    case 'istio-mutual':
      return false;
  }
}
