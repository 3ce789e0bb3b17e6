import { labelsSubsetOf, type Labels } from '@istio-ts/config-model';
import { memo } from '@istio-ts/foundation';
import type { EndpointIr, LoadAssignmentIr, LocalityEndpointsIr, LocalityIr } from '@istio-ts/mesh-ir';
import type { ServiceEndpoint, ServiceEndpoints } from '../snapshot/service-endpoint.js';
import { planName, type ClusterPlan } from './cluster-plan.js';
import { prioritize } from './locality-priority.js';

const none: readonly ServiceEndpoint[] = [];

/** The load assignment of a cluster, as a proxy of the given locality has it; undefined where locality does not count. */
export function assign(
  plan: ClusterPlan,
  endpoints: ServiceEndpoints | undefined,
  locality: LocalityIr | undefined,
): LoadAssignmentIr {
  const all = endpoints?.byPort[plan.portName] ?? none;
  const panics = (plan.cluster.policy.outlierDetection?.minHealthPercent ?? 0) > 0;
  const groups = groupByLocality(panics ? healthy(all) : all, plan.labels);
  const localities =
    plan.locality === undefined || locality === undefined
      ? groups
      : prioritize(groups, plan.locality, locality);
  return assignment(localities, planName(plan));
}

/** Where a rule says when to panic, endpoints that are not ready would count as hosts that may be called then. */
const healthy = memo((endpoints: readonly ServiceEndpoint[]) =>
  endpoints.filter(({ health }) => health !== 'unhealthy'),
);

const assignment = memo((localities: readonly LocalityEndpointsIr[], cluster: string): LoadAssignmentIr => ({
  cluster,
  localities,
}));

/** Endpoints come sorted by locality, and so do the groups. */
const groupByLocality = memo(
  (endpoints: readonly ServiceEndpoint[], labels: Labels): readonly LocalityEndpointsIr[] => {
    const groups = new Map<LocalityIr, EndpointIr[]>();
    for (const endpoint of endpoints) {
      if (!labelsSubsetOf(labels, endpoint.labels)) continue;
      const group = groups.get(endpoint.locality);
      if (group === undefined) groups.set(endpoint.locality, [emitted(endpoint)]);
      else group.push(emitted(endpoint));
    }
    return [...groups].map(([locality, members]) => ({
      locality,
      weight: members.reduce((sum, { weight }) => sum + weight, 0),
      priority: 0,
      endpoints: members,
    }));
  },
);

const emitted = memo(({ address, health, weight, mtls, workload }: ServiceEndpoint): EndpointIr => ({
  address,
  health,
  weight: Math.max(1, weight),
  mtls,
  workload,
}));
