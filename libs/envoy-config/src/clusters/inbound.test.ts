import type { InboundClusterIr } from '@istio-ts/mesh-ir';
import { cluster } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { emittedCluster } from '../testing/emitted.js';
import { catalogService, fixedClusters, outboundClusterIr } from '../testing/ir.js';

const inbound: InboundClusterIr = {
  kind: 'inbound',
  targetPort: 3000,
  protocol: 'default',
  services: [catalogService],
  address: undefined,
  circuitBreaker: outboundClusterIr().policy.circuitBreaker,
  connectTimeoutMs: 10_000,
};

describe('an inbound cluster', () => {
  it('follows the captured connection, from an address that capture lets pass', () => {
    const message = emittedCluster(inbound);
    expect(message.name).toBe('inbound|3000||');
    expect(message.clusterDiscoveryType?.value).toBe(cluster.Cluster_DiscoveryType.ORIGINAL_DST);
    expect(message.upstreamBindConfig?.sourceAddress?.address).toBe('127.0.0.6');
    expect(message.cleanupInterval?.seconds).toBe(9_223_372_035);
    expect(message.metadata?.filterMetadata['istio']).toEqual({ services: [catalogService] });
  });

  it('goes to the application’s own port where nothing is captured, from any address', () => {
    const message = emittedCluster({ ...inbound, address: { ip: '127.0.0.1', port: 13_000 } });
    expect(message.clusterDiscoveryType?.value).toBe(cluster.Cluster_DiscoveryType.STATIC);
    expect(message.upstreamBindConfig).toBeUndefined();
    expect(message.loadAssignment?.clusterName).toBe('inbound|3000||');
  });
});

describe('the fixed clusters', () => {
  const [blackHole, passthrough, inboundPassthrough] = fixedClusters.map(emittedCluster);

  it('black hole: no endpoint at all', () => {
    expect(blackHole?.name).toBe('BlackHoleCluster');
    expect(blackHole?.loadAssignment).toBeUndefined();
    expect(blackHole?.clusterDiscoveryType?.value).toBe(cluster.Cluster_DiscoveryType.STATIC);
  });

  it('passthrough: wherever the connection was going, in whatever it speaks', () => {
    expect(passthrough?.name).toBe('PassthroughCluster');
    expect(passthrough?.lbPolicy).toBe(cluster.Cluster_LbPolicy.CLUSTER_PROVIDED);
    expect(passthrough?.upstreamBindConfig).toBeUndefined();
  });

  it('inbound passthrough: the same, from the inbound source address', () => {
    expect(inboundPassthrough?.name).toBe('InboundPassthroughCluster');
    expect(inboundPassthrough?.upstreamBindConfig?.sourceAddress?.address).toBe('127.0.0.6');
  });
});
