import type { MeshSettings } from '../settings/mesh-settings.js';
import { indexAliases } from './alias-index.js';
import type { ChangeSet } from './change-set.js';
import { indexDestinations } from './destination-index.js';
import { indexEndpoints } from './endpoint-index.js';
import { indexGateways } from './gateway-index.js';
import type { MeshSnapshot } from './mesh-snapshot.js';
import { indexOwnViews } from './namespace-index.js';
import { indexPolicies } from './policy-index.js';
import { applyChanges, emptyStore, type ResourceStore } from './resource-store.js';
import { indexRoutes } from './route-index.js';
import { indexSelectors } from './selector-index.js';
import { indexFacts } from './service-facts.js';
import { indexServices } from './service-index.js';
import { indexWorkloads } from './workload-index.js';
import type { Slot } from '../derive/index.js';

/** A mesh without objects: the start of a line of snapshots. */
export function emptySnapshot(settings: MeshSettings): MeshSnapshot {
  return indexAll({}, emptyStore, settings);
}

/**
 * The snapshot after a set of changes, at the cost of what they touch. Without a previous one a new mesh begins; the
 * previous one itself comes back where nothing is different.
 */
export function nextSnapshot(
  previous: MeshSnapshot | undefined,
  changes: ChangeSet,
  settings: MeshSettings,
): MeshSnapshot {
  const { mesh, resources } = previous ?? { mesh: {}, resources: emptyStore };
  const next = applyChanges(resources, changes.changes);
  const unchanged = previous?.settings === settings && isSameStore(resources, next);
  return unchanged ? previous : indexAll(mesh, next, settings);
}

function isSameStore(a: ResourceStore, b: ResourceStore): boolean {
  return (Object.keys(a) as (keyof ResourceStore)[]).every((kind) => a[kind] === b[kind]);
}

function indexAll(mesh: Slot, resources: ResourceStore, settings: MeshSettings): MeshSnapshot {
  const { clusterDomain: domain, clusterId: id, rootNamespace, trustDomain, trustDomainAliases } = settings;
  const policies = indexPolicies(mesh, resources.PeerAuthentication, rootNamespace);
  const workloads = indexWorkloads(mesh, {
    pods: resources.Pod,
    nodes: resources.Node,
    entries: resources.WorkloadEntry,
    policies,
    clusterId: id,
  });
  const services = indexServices(mesh, {
    services: resources.Service,
    serviceEntries: resources.ServiceEntry,
    settings,
  });
  const { byService: endpoints, served } = indexEndpoints(mesh, {
    slices: resources.EndpointSlice,
    endpoints: resources.Endpoints,
    serviceEntries: resources.ServiceEntry,
    services: services.all,
    workloads,
    cluster: { domain, id },
  });
  const routes = indexRoutes(mesh, resources.VirtualService, domain);
  const rules = resources.DestinationRule;
  return {
    mesh,
    settings,
    resources,
    services,
    facts: indexFacts(
      mesh,
      { services: services.all, endpoints },
      { trustDomain, trustDomainAliases, policies },
    ),
    aliases: indexAliases(mesh, services.all),
    endpoints,
    served,
    workloads,
    routes,
    destinations: indexDestinations(mesh, rules, domain),
    gateways: indexGateways(mesh, resources.Gateway),
    policies,
    selectors: indexSelectors(mesh, routes.all, rules),
    ownViews: indexOwnViews(mesh, { servicesByHost: services.byHost, rules }, settings),
  };
}
