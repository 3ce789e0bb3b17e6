import {
  blackHoleCluster,
  inboundPassthroughCluster,
  passthroughCluster,
  type FixedClusterIr,
} from '@istio-ts/mesh-ir';
import { cluster, durationFromMs } from '@istio-ts/xds-types';
import { noLimits } from './circuit-breaker.js';
import { discoveryType } from './discovery.js';
import { passthroughHttpOptions } from './http-options.js';
import { inboundSource } from './inbound.js';
import { statName } from './stat-name.js';

const names = {
  'black-hole': blackHoleCluster,
  passthrough: passthroughCluster,
  'inbound-passthrough': inboundPassthroughCluster,
} as const;

/** Clusters that stand for no service: nowhere, or wherever the connection was going. */
export function fixedCluster(ir: FixedClusterIr): cluster.Cluster {
  const name = names[ir.kind];
  return cluster.Cluster.create({
    name,
    altStatName: statName(name),
    connectTimeout: durationFromMs(ir.connectTimeoutMs),
    ...(ir.kind === 'black-hole' ? nowhere : wherever),
    upstreamBindConfig: ir.kind === 'inbound-passthrough' ? inboundSource : undefined,
  });
}

const nowhere: Partial<cluster.Cluster> = {
  ...discoveryType(cluster.Cluster_DiscoveryType.STATIC),
  lbPolicy: cluster.Cluster_LbPolicy.ROUND_ROBIN,
};

const wherever: Partial<cluster.Cluster> = {
  ...discoveryType(cluster.Cluster_DiscoveryType.ORIGINAL_DST),
  lbPolicy: cluster.Cluster_LbPolicy.CLUSTER_PROVIDED,
  circuitBreakers: noLimits,
  typedExtensionProtocolOptions: passthroughHttpOptions,
};
