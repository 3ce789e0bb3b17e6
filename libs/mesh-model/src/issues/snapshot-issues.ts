import type { Service, ServiceEntry } from '@istio-ts/config-model';
import { memo, type Issue, type SortedMap } from '@istio-ts/foundation';
import { projectMap, unionMaps } from '../derive/index.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { MeshService } from '../snapshot/mesh-service.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { bindingIssues, gatewayConflicts } from './gateway-issues.js';
import { meshHostConflicts, ruleConflicts, ruleHostIssues } from './host-issues.js';
import { knownHosts } from './known-hosts.js';
import { listenerConflicts } from './listener-issues.js';
import { unenforcedFields } from './unenforced-fields.js';
import { destinationIssues, type DestinationContext } from './route-issues.js';

type Found = SortedMap<readonly Issue[]>;

/**
 * What objects say wrong together, at the cost of what changed since the last time; the identical list where nothing did.
 * What an object says wrong alone is told when it is read.
 */
export function snapshotIssues(snapshot: MeshSnapshot): readonly Issue[] {
  const { mesh, settings, resources, routes, gateways } = snapshot;
  const rules = resources.DestinationRule;
  const hosts = knownHosts(snapshot);
  const context = contextOf(
    settings,
    wildcardHosts(wildcardServices(mesh, snapshot.services.byHost, undefined)),
  );
  return collected(
    destinationIssues(mesh, routes.all, hosts, context),
    bindingIssues(mesh, routes.all, gateways, undefined),
    meshHostConflicts(mesh, routes.meshByHost, undefined),
    gatewayConflicts(mesh, gateways),
    ruleHostIssues(mesh, rules, hosts, context),
    ruleConflicts(mesh, rules, settings.clusterDomain),
    listenerConflicts(snapshot, declared(mesh, resources.Service, resources.ServiceEntry)),
    ...unenforcedFields(mesh, resources),
  );
}

const declared = unionMaps<Service | ServiceEntry>();

const wildcardServices = projectMap((services: SortedMap<MeshService>, _context: undefined, host) =>
  host.startsWith('*') && services.size > 0 ? true : undefined,
);

const wildcardHosts = memo((services: SortedMap<true>): readonly string[] => [...services.keys()]);

const contextOf = memo((settings: MeshSettings, wildcards: readonly string[]): DestinationContext => ({
  settings,
  wildcards,
}));

const collected = memo((...found: readonly Found[]): readonly Issue[] =>
  found.flatMap((issues) => [...issues.values()].flat()),
);
