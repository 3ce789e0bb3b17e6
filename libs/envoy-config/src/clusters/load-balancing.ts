import type { LoadBalancingIr, OutboundClusterIr, WarmupIr } from '@istio-ts/mesh-ir';
import { cluster, core, durationFromMs, type } from '@istio-ts/xds-types';
import { isHostProvided } from './discovery.js';

/** @param hostProvided there is nothing to choose from: the cluster itself provides */
export function loadBalancing(ir: LoadBalancingIr, hostProvided: boolean): Partial<cluster.Cluster> {
  if (hostProvided) return { lbPolicy: cluster.Cluster_LbPolicy.CLUSTER_PROVIDED };
  switch (ir.kind) {
    case 'least-request':
      return { lbPolicy: cluster.Cluster_LbPolicy.LEAST_REQUEST, lbConfig: leastRequest(ir.warmup) };
    case 'round-robin':
      return { lbPolicy: cluster.Cluster_LbPolicy.ROUND_ROBIN, lbConfig: roundRobin(ir.warmup) };
    case 'random':
      return { lbPolicy: cluster.Cluster_LbPolicy.RANDOM };
    case 'passthrough':
      return { lbPolicy: cluster.Cluster_LbPolicy.CLUSTER_PROVIDED };
    case 'ring-hash':
      return { lbPolicy: cluster.Cluster_LbPolicy.RING_HASH, lbConfig: ringHash(ir.minimumRingSize) };
    case 'maglev':
      return { lbPolicy: cluster.Cluster_LbPolicy.MAGLEV, lbConfig: maglev(ir.tableSize) };
  }
}

/**
 * Localities share the traffic by their weights. Below the panic threshold Envoy ignores health: 0 never does, which is
 * Istio's rule since unhealthy endpoints are sent with their status.
 */
export function commonLbConfig(ir: OutboundClusterIr): cluster.Cluster_CommonLbConfig {
  return cluster.Cluster_CommonLbConfig.create({
    healthyPanicThreshold: type.Percent.create({
      value: ir.policy.outlierDetection?.minHealthPercent ?? 0,
    }),
    localityConfigSpecifier: isHostProvided(ir)
      ? undefined
      : {
          $case: 'localityWeightedLbConfig',
          value: cluster.Cluster_CommonLbConfig_LocalityWeightedLbConfig.create(),
        },
  });
}

function leastRequest(warmup: WarmupIr | undefined): cluster.Cluster['lbConfig'] {
  if (warmup === undefined) return undefined;
  return {
    $case: 'leastRequestLbConfig',
    value: cluster.Cluster_LeastRequestLbConfig.create({ slowStartConfig: slowStart(warmup) }),
  };
}

function roundRobin(warmup: WarmupIr | undefined): cluster.Cluster['lbConfig'] {
  if (warmup === undefined) return undefined;
  return {
    $case: 'roundRobinLbConfig',
    value: cluster.Cluster_RoundRobinLbConfig.create({ slowStartConfig: slowStart(warmup) }),
  };
}

function slowStart(warmup: WarmupIr): cluster.Cluster_SlowStartConfig {
  return cluster.Cluster_SlowStartConfig.create({
    slowStartWindow: durationFromMs(warmup.durationMs),
    aggression: core.RuntimeDouble.create({ defaultValue: warmup.aggression, runtimeKey: 'aggression' }),
    minWeightPercent: type.Percent.create({ value: warmup.minimumPercent }),
  });
}

function ringHash(minimumRingSize: number | undefined): cluster.Cluster['lbConfig'] {
  return { $case: 'ringHashLbConfig', value: cluster.Cluster_RingHashLbConfig.create({ minimumRingSize }) };
}

function maglev(tableSize: number | undefined): cluster.Cluster['lbConfig'] {
  return { $case: 'maglevLbConfig', value: cluster.Cluster_MaglevLbConfig.create({ tableSize }) };
}
