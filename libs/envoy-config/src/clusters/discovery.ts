import type { OutboundClusterIr } from '@istio-ts/mesh-ir';
import { cluster, durationFromMs } from '@istio-ts/xds-types';
import { adsUntilFound } from '../config-source.js';
import { dnsResolver } from '../dns-cache.js';
import { loadAssignment } from '../endpoints/load-assignment.js';
import { dynamicDnsDiscovery } from './dynamic-dns-discovery.js';

/* eslint-disable @typescript-eslint/no-deprecated --
   Envoy's successor to its DNS fields is a custom cluster type, under which dumps no longer say STRICT_DNS or LOGICAL_DNS. */

/** The cluster finds the host of each call itself: there is nothing to balance. */
export function isHostProvided(ir: OutboundClusterIr): boolean {
  return ir.discovery.kind === 'dynamic-dns' || isOriginalDestination(ir);
}

/** Connections go where they were going: headless services, and the pass-through load balancer. */
function isOriginalDestination({ discovery, policy }: OutboundClusterIr): boolean {
  return discovery.kind === 'original-dst' || policy.loadBalancing.kind === 'passthrough';
}

/** Where the cluster's endpoints come from. */
export function clusterDiscovery(ir: OutboundClusterIr, name: string): Partial<cluster.Cluster> {
  const { discovery } = ir;
  if (discovery.kind === 'dynamic-dns') return dynamicDnsDiscovery(discovery.refreshMs, ir.tls);
  if (isOriginalDestination(ir)) return discoveryType(cluster.Cluster_DiscoveryType.ORIGINAL_DST);
  switch (discovery.kind) {
    case 'eds':
    case 'original-dst':
      return {
        ...discoveryType(cluster.Cluster_DiscoveryType.EDS),
        edsClusterConfig: cluster.Cluster_EdsClusterConfig.create({
          edsConfig: adsUntilFound,
          serviceName: name,
        }),
      };
    case 'strict-dns':
    case 'logical-dns':
      return {
        ...discoveryType(dnsTypes[discovery.kind]),
        ...dnsLookup,
        dnsRefreshRate: durationFromMs(discovery.refreshMs),
        loadAssignment: loadAssignment(discovery.endpoints),
      };
  }
}

export function discoveryType(type: cluster.Cluster_DiscoveryType): Partial<cluster.Cluster> {
  return { clusterDiscoveryType: { $case: 'type', value: type } };
}

const dnsTypes = {
  'strict-dns': cluster.Cluster_DiscoveryType.STRICT_DNS,
  'logical-dns': cluster.Cluster_DiscoveryType.LOGICAL_DNS,
} as const;

/** The record's own lifetime counts, and the refresh rate only where a lookup fails. */
const dnsLookup: Partial<cluster.Cluster> = {
  dnsLookupFamily: cluster.Cluster_DnsLookupFamily.V4_ONLY,
  respectDnsTtl: true,
  dnsJitter: durationFromMs(100),
  typedDnsResolverConfig: dnsResolver,
};
