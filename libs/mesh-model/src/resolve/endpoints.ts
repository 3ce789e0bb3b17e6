import { memo, type SortedMap } from '@istio-ts/foundation';
import type { LoadAssignmentIr, LocalityIr } from '@istio-ts/mesh-ir';
import { lookupMap, overlayMaps, projectMap } from '../derive/index.js';
import { slotOf, type ClusterClass } from '../scope/proxy-class.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import type { ServiceEndpoints } from '../snapshot/service-endpoint.js';
import type { ClusterPlan } from './cluster-plan.js';
import { clusterPlans } from './clusters.js';
import { assign } from './load-assignment.js';

const byEds = projectMap((plan: ClusterPlan) => (plan.discovery === 'eds' ? plan : undefined));
const byLocality = projectMap((plan: ClusterPlan) => (plan.locality === undefined ? undefined : plan));

const assignments = lookupMap<ClusterPlan, ServiceEndpoints, LoadAssignmentIr, LocalityIr | undefined>({
  refs: ({ service }) => [service],
  compute: (plan, endpoints, locality) => assign(plan, endpoints.get(plan.service), locality),
});

/** `locality` is the canonical object of its content. */
const localClassOf = memo((proxyClass: ClusterClass, locality: LocalityIr) => ({ proxyClass, locality }));

const overlaid = overlayMaps<LoadAssignmentIr>();

/**
 * Load assignments by cluster name. Only clusters that prefer localities read where the proxy stands: theirs are laid
 * over those that all proxies of the class share.
 */
export function loadAssignments(
  snapshot: MeshSnapshot,
  proxyClass: ClusterClass,
  locality: LocalityIr,
): SortedMap<LoadAssignmentIr> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const plans = byEds(slot, clusterPlans(snapshot, proxyClass), undefined);
  const shared = assignments(slot, plans, snapshot.endpoints, undefined);
  const preferring = byLocality(slot, plans, undefined);
  if (preferring.size === 0) return shared;
  const local = slotOf(snapshot.mesh, localClassOf(proxyClass, locality));
  return overlaid(assignments(local, preferring, snapshot.endpoints, locality), shared);
}
