import { memo, SortedMap } from '@istio-ts/foundation';
import {
  blackHoleCluster,
  dynamicDnsCluster,
  inboundPassthroughCluster,
  passthroughCluster,
  type ClusterIr,
  type DiscoveryIr,
  type FixedClusterIr,
  type LoadAssignmentIr,
  type OutboundClusterIr,
} from '@istio-ts/mesh-ir';
import { expandMap, lookupMap } from '../derive/index.js';
import { slotOf, type ClusterClass } from '../scope/proxy-class.js';
import { visibleServices, type HostView } from '../scope/service-view.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import type { ServiceEndpoints } from '../snapshot/service-endpoint.js';
import { resolveUnknownHostTls } from './client-tls.js';
import { planContextOf, plansOf, type PlanContext, type ClusterPlan } from './cluster-plan.js';
import { assign } from './load-assignment.js';

const plans = expandMap((view: HostView, context: PlanContext) => plansOf(view, context));

const clusters = lookupMap<ClusterPlan, ServiceEndpoints, ClusterIr, MeshSettings>({
  refs: (plan) => (isDns(plan) ? [plan.service] : []),
  compute: (plan, endpoints, settings) =>
    completed(plan, isDns(plan) ? endpoints.get(plan.service) : undefined, settings),
});

/** The clusters of a class with what fills them, by name. */
export function clusterPlans(snapshot: MeshSnapshot, proxyClass: ClusterClass): SortedMap<ClusterPlan> {
  const views = visibleServices(snapshot, proxyClass.scope);
  return plans(slotOf(snapshot.mesh, proxyClass), views, planContextOf(snapshot.settings, proxyClass.proxy));
}

/** Outbound clusters by name. */
export function outboundClusters(snapshot: MeshSnapshot, proxyClass: ClusterClass): SortedMap<ClusterIr> {
  const planned = clusterPlans(snapshot, proxyClass);
  return clusters(slotOf(snapshot.mesh, proxyClass), planned, snapshot.endpoints, snapshot.settings);
}

const completed = memo(
  (
    plan: ClusterPlan,
    endpoints: ServiceEndpoints | undefined,
    settings: MeshSettings,
  ): OutboundClusterIr | undefined => {
    const discovery = discoveryOf(plan, () => assign(plan, endpoints, undefined), settings.dnsRefreshMs);
    return discovery && { ...plan.cluster, discovery };
  },
);

/** A cluster by DNS without endpoints could never be used, and Envoy refuses it: undefined. */
function discoveryOf(
  plan: ClusterPlan,
  find: () => LoadAssignmentIr,
  refreshMs: number,
): DiscoveryIr | undefined {
  switch (plan.discovery) {
    case 'eds':
    case 'original-dst':
      return { kind: plan.discovery };
    case 'dynamic-dns':
      return { kind: plan.discovery, refreshMs };
    case 'strict-dns':
    case 'logical-dns':
      break;
  }
  const endpoints = find();
  return endpoints.localities.length === 0 ? undefined : { kind: plan.discovery, endpoints, refreshMs };
}

function isDns({ discovery }: ClusterPlan): boolean {
  return discovery === 'strict-dns' || discovery === 'logical-dns';
}

/** Clusters that exist whatever services there are. */
export const fixedClusters = memo(
  (settings: MeshSettings, proxy: ClusterClass['proxy']): SortedMap<ClusterIr> => {
    const { connectTimeoutMs } = settings;
    const blackHole: FixedClusterIr = { kind: 'black-hole', connectTimeoutMs };
    if (proxy === 'router') return SortedMap.from<ClusterIr>([[blackHoleCluster, blackHole]]);
    return SortedMap.from<ClusterIr>([
      [blackHoleCluster, blackHole],
      [passthroughCluster, { kind: 'passthrough', connectTimeoutMs }],
      [inboundPassthroughCluster, { kind: 'inbound-passthrough', connectTimeoutMs }],
      ...unknownHosts(settings),
    ]);
  },
);

function unknownHosts(settings: MeshSettings): readonly (readonly [string, ClusterIr])[] {
  const { outboundPolicy, outboundTls, connectTimeoutMs, dnsRefreshMs: refreshMs } = settings;
  if (outboundPolicy !== 'dynamic-dns') return [];
  const tls = resolveUnknownHostTls(outboundTls);
  return [[dynamicDnsCluster, { kind: 'dynamic-dns', connectTimeoutMs, refreshMs, tls }]];
}
