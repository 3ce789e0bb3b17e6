import type { Service, ServiceEntry } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { expandMap, groupMap, projectMap, unionMaps, type Slot } from '../derive/index.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import { readKubernetesService } from './kubernetes-service.js';
import { compareServices, serviceKey, type MeshService } from './mesh-service.js';
import { readServiceEntry } from './service-entry.js';

export interface ServiceIndex {
  /** Every declared service, by `namespace/host`. */
  readonly all: SortedMap<MeshService>;
  /** Host → the services that declare it, by `namespace/host`. */
  readonly byHost: SortedMap<SortedMap<MeshService>>;
  /** Namespace → the services of it that pick workloads by labels. */
  readonly selecting: SortedMap<SortedMap<MeshService>>;
}

interface Sources {
  readonly services: SortedMap<Service>;
  readonly serviceEntries: SortedMap<ServiceEntry>;
  readonly settings: MeshSettings;
}

const fromKubernetes = projectMap((service: Service, settings: MeshSettings) =>
  readKubernetesService(service, {
    clusterDomain: settings.clusterDomain,
    exportTo: settings.exportTo.services,
  }),
);

const fromEntries = expandMap((entry: ServiceEntry, settings: MeshSettings, key) =>
  readServiceEntry(entry, settings.exportTo.services).map(
    (service) => [`${key} ${service.host}`, service] as const,
  ),
);

const declared = unionMaps<MeshService>();
const byKey = groupMap((service: MeshService) => [[serviceKey(service), service]]);
const merged = projectMap((group: SortedMap<MeshService>) =>
  mergeServices([...group.values()].sort(compareServices)),
);
const groupByHost = groupMap((service: MeshService) => [[service.host, service]]);
const groupSelecting = groupMap((service: MeshService) =>
  service.selector === undefined ? [] : [[service.namespace, service] as const],
);

/** Indexes the services of Kubernetes and of ServiceEntries alike. */
export function indexServices(slot: Slot, { services, serviceEntries, settings }: Sources): ServiceIndex {
  const everything = declared(
    slot,
    fromKubernetes(slot, services, settings),
    fromEntries(slot, serviceEntries, settings),
  );
  const all = merged(slot, byKey(slot, everything, undefined), undefined);
  return {
    all,
    byHost: groupByHost(slot, all, undefined),
    selecting: groupSelecting(slot, all, undefined),
  };
}

/** Several ServiceEntries of one namespace may share a host: the first counts, with the ports of all. */
function mergeServices(services: readonly MeshService[]): MeshService | undefined {
  const [first, ...rest] = services;
  if (first === undefined || rest.length === 0 || first.provider === 'kubernetes') return first;
  const ports = new Map(first.ports.map((port) => [port.number, port]));
  for (const port of rest.flatMap((service) => service.ports)) {
    if (!ports.has(port.number)) ports.set(port.number, port);
  }
  return { ...first, ports: [...ports.values()] };
}
