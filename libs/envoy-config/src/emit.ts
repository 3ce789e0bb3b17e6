import { invariant, SortedMap } from '@istio-ts/foundation';
import type { ClusterIr, ListenerIr, LoadAssignmentIr, RouteConfigIr } from '@istio-ts/mesh-ir';
import type { EncodedResource, ResourceSet } from '@istio-ts/xds-types';
import { emitCluster } from './clusters/emit-cluster.js';
import { emitLoadAssignment } from './endpoints/emit-load-assignment.js';
import { emitListener } from './listeners/emit-listener.js';
import { emitRouteConfig } from './routes/emit-route-config.js';

/**
 * CDS: one Cluster for each value. The identical map gives the identical set, and an IR value that did not change gives
 * the identical resource, whichever map it stands in. A DNS cluster without endpoints is left out.
 */
export const emitClusters: (map: SortedMap<ClusterIr>) => ResourceSet = emitAll(emitCluster);

/** EDS: one ClusterLoadAssignment for each value; identities as for {@link emitClusters}. */
export const emitEndpoints: (map: SortedMap<LoadAssignmentIr>) => ResourceSet = emitAll(emitLoadAssignment);

/** LDS: one Listener for each value; identities as for {@link emitClusters}. A filter chain is encoded once. */
export const emitListeners: (map: SortedMap<ListenerIr>) => ResourceSet = emitAll(emitListener);

/** RDS: one RouteConfiguration for each value; identities as for {@link emitClusters}. A virtual host is encoded once. */
export const emitRoutes: (map: SortedMap<RouteConfigIr>) => ResourceSet = emitAll(emitRouteConfig);

/** `emit` is memoised on the value. */
function emitAll<V extends object>(
  emit: (value: V) => EncodedResource | undefined,
): (map: SortedMap<V>) => ResourceSet {
  return SortedMap.lift((value: V, key) => {
    const resource = emit(value);
    invariant(resource === undefined || resource.name === key, `IR key ${key} is the name on the wire`);
    return resource;
  });
}
