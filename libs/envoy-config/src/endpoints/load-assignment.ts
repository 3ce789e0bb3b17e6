import { memo } from '@istio-ts/foundation';
import type { LoadAssignmentIr, LocalityEndpointsIr, LocalityIr } from '@istio-ts/mesh-ir';
import { core, endpoint } from '@istio-ts/xds-types';
import { lbEndpoint } from './endpoint.js';

/** As a message, for clusters that carry their endpoints; EDS works with {@link encodeLocality}. */
export function loadAssignment(ir: LoadAssignmentIr): endpoint.ClusterLoadAssignment {
  return endpoint.ClusterLoadAssignment.create({
    clusterName: ir.cluster,
    endpoints: ir.localities.map(localityEndpoints),
  });
}

/** The fragment of a load assignment. */
export const encodeLocality = memo((ir: LocalityEndpointsIr): Uint8Array =>
  endpoint.LocalityLbEndpoints.encode(localityEndpoints(ir)).finish(),
);

function localityEndpoints(ir: LocalityEndpointsIr): endpoint.LocalityLbEndpoints {
  return endpoint.LocalityLbEndpoints.create({
    locality: locality(ir.locality),
    lbEndpoints: ir.endpoints.map(lbEndpoint),
    loadBalancingWeight: ir.weight,
    priority: ir.priority,
  });
}

function locality({ region, zone, subzone }: LocalityIr): core.Locality {
  return core.Locality.create({ region, zone, subZone: subzone });
}
