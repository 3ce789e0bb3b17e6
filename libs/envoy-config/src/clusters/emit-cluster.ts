import { memo } from '@istio-ts/foundation';
import type { ClusterIr } from '@istio-ts/mesh-ir';
import { cluster, encodedResource, typeUrls, type EncodedResource } from '@istio-ts/xds-types';
import { originRefs } from '../origins.js';
import { unknownHostsCluster } from './dynamic-dns.js';
import { fixedCluster } from './fixed.js';
import { inboundCluster } from './inbound.js';
import { outboundCluster } from './outbound.js';

/** undefined: a DNS cluster without endpoints, which Envoy would refuse. */
export const emitCluster = memo((ir: ClusterIr): EncodedResource | undefined => {
  const message = clusterMessage(ir);
  if (message === undefined) return undefined;
  const bytes = cluster.Cluster.encode(message).finish();
  const origins = ir.kind === 'outbound' ? originRefs([ir.origin]) : [];
  return encodedResource(typeUrls.cds, message.name, bytes, origins);
});

function clusterMessage(ir: ClusterIr): cluster.Cluster | undefined {
  switch (ir.kind) {
    case 'outbound':
      return outboundCluster(ir);
    case 'inbound':
      return inboundCluster(ir);
    case 'dynamic-dns':
      return unknownHostsCluster(ir);
    default:
      return fixedCluster(ir);
  }
}
