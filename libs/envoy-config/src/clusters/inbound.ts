import { inboundClusterName, type InboundClusterIr } from '@istio-ts/mesh-ir';
import { cluster, core, durationFromMs, endpoint } from '@istio-ts/xds-types';
import { networkAddress, socketAddress } from '../address.js';
import { circuitBreakers } from './circuit-breaker.js';
import { discoveryType } from './discovery.js';
import { httpOptions } from './http-options.js';
import { inboundMetadata } from './metadata.js';
import { statName } from './stat-name.js';

/**
 * Connections to the application come from this address, which capture rules let pass: those from the pod's own address
 * would be taken for outbound calls and go round in a circle.
 */
export const inboundSource = core.BindConfig.create({ sourceAddress: socketAddress('127.0.0.6', 0) });

/** The cluster has one host that never goes away: the greatest duration, in whole seconds of nanoseconds in 64 bits. */
const neverCleanedUpMs = 9_223_372_035_000;

export function inboundCluster(ir: InboundClusterIr): cluster.Cluster {
  const name = inboundClusterName(ir.targetPort);
  return cluster.Cluster.create({
    name,
    altStatName: statName(name),
    connectTimeout: durationFromMs(ir.connectTimeoutMs),
    ...(ir.address === undefined ? capturedDestination : applicationAddress(name, ir.address)),
    circuitBreakers: circuitBreakers(ir.circuitBreaker),
    typedExtensionProtocolOptions: httpOptions({
      protocol: ir.protocol,
      pool: undefined,
      maxConnectionDurationMs: undefined,
      tls: { kind: 'plain' },
    }),
    metadata: inboundMetadata(ir),
  });
}

const capturedDestination: Partial<cluster.Cluster> = {
  ...discoveryType(cluster.Cluster_DiscoveryType.ORIGINAL_DST),
  lbPolicy: cluster.Cluster_LbPolicy.CLUSTER_PROVIDED,
  cleanupInterval: durationFromMs(neverCleanedUpMs),
  upstreamBindConfig: inboundSource,
};

function applicationAddress(
  name: string,
  address: { readonly ip: string; readonly port: number },
): Partial<cluster.Cluster> {
  return {
    ...discoveryType(cluster.Cluster_DiscoveryType.STATIC),
    lbPolicy: cluster.Cluster_LbPolicy.ROUND_ROBIN,
    loadAssignment: endpoint.ClusterLoadAssignment.create({
      clusterName: name,
      endpoints: [
        endpoint.LocalityLbEndpoints.create({
          lbEndpoints: [
            endpoint.LbEndpoint.create({
              hostIdentifier: {
                $case: 'endpoint',
                value: endpoint.Endpoint.create({ address: networkAddress(address.ip, address.port) }),
              },
            }),
          ],
        }),
      ],
    }),
  };
}
