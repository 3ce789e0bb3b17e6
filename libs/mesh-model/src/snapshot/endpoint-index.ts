import type { Endpoints, EndpointSlice, ServiceEntry } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { groupMap, lookupMap, projectMap, unionMaps, type Slot } from '../derive/index.js';
import { readInlineEndpoints, selectEndpoints } from './entry-endpoints.js';
import { serviceKey, type MeshService } from './mesh-service.js';
import {
  compareEndpoints,
  renderAddress,
  type ServiceEndpoint,
  type ServiceEndpoints,
} from './service-endpoint.js';
import { endpointsAddresses, readEndpoints, readSlice, sliceAddresses } from './slice-endpoints.js';
import { readServiceEntry } from './service-entry.js';
import type { Workload, WorkloadIndex } from './workload-index.js';

/** The endpoints that one object contributes. */
interface Shard {
  readonly from: 'slice' | 'endpoints' | 'entry' | 'workload-entries';
  readonly services: readonly { readonly key: string; readonly endpoints: readonly ServiceEndpoint[] }[];
}

interface Contribution {
  readonly from: Shard['from'];
  readonly endpoints: readonly ServiceEndpoint[];
}

interface Sources {
  readonly slices: SortedMap<EndpointSlice>;
  readonly endpoints: SortedMap<Endpoints>;
  readonly serviceEntries: SortedMap<ServiceEntry>;
  /** By namespace, those that pick workloads. */
  readonly services: SortedMap<MeshService>;
  readonly workloads: WorkloadIndex;
  readonly cluster: { readonly domain: string; readonly id: string };
}

const serviceNameLabel = 'kubernetes.io/service-name';

const sliceShards = lookupMap<EndpointSlice, SortedMap<Workload>, Shard, string>({
  refs: sliceAddresses,
  compute: (slice, workloads, domain) => {
    const name = slice.metadata.labels[serviceNameLabel];
    if (name === undefined) return undefined;
    const key = kubernetesKey(name, slice.metadata.namespace, domain);
    return { from: 'slice', services: [{ key, endpoints: readSlice(slice, workloads) }] };
  },
});

const endpointsShards = lookupMap<Endpoints, SortedMap<Workload>, Shard, string>({
  refs: endpointsAddresses,
  compute: (endpoints, workloads, domain) => {
    const key = kubernetesKey(endpoints.metadata.name, endpoints.metadata.namespace, domain);
    return { from: 'endpoints', services: [{ key, endpoints: readEndpoints(endpoints, workloads) }] };
  },
});

const entryShards = lookupMap<ServiceEntry, SortedMap<Workload>, Shard, string>({
  refs: ({ spec, metadata }) => (spec.workloadSelector === undefined ? [] : [metadata.namespace]),
  compute: (entry, byNamespace, clusterId) => ({
    from: 'entry',
    services: readServiceEntry(entry, []).map((service) => ({
      key: serviceKey(service),
      endpoints: [
        ...readInlineEndpoints(entry, service.host, clusterId),
        ...selectEndpoints(
          service.selector === undefined ? [] : (byNamespace.get(service.namespace)?.values() ?? []),
          service.selector,
          service.ports,
        ),
      ],
    })),
  }),
});

/** A Kubernetes Service also picks WorkloadEntries, for which Kubernetes writes no endpoints. */
const workloadEntryShards = lookupMap<MeshService, SortedMap<Workload>, Shard>({
  refs: ({ namespace, provider, selector }) =>
    provider === 'kubernetes' && selector !== undefined ? [namespace] : [],
  compute: (service, byNamespace) => {
    const entries = service.provider === 'kubernetes' ? byNamespace.get(service.namespace) : undefined;
    if (entries === undefined) return undefined;
    const endpoints = selectEndpoints(entries.values(), service.selector, service.ports);
    return endpoints.length === 0
      ? undefined
      : { from: 'workload-entries', services: [{ key: serviceKey(service), endpoints }] };
  },
});

const [withEndpoints, withEntries, withWorkloadEntries] = [
  unionMaps<Shard>(),
  unionMaps<Shard>(),
  unionMaps<Shard>(),
];

const byService = groupMap(({ from, services }: Shard) =>
  services.map(({ key, endpoints }): readonly [string, Contribution] => [key, { from, endpoints }]),
);

const serviceEndpoints = projectMap((group: SortedMap<Contribution>) =>
  mergeContributions([...group.values()]),
);

/** One port of a service that an address serves. */
export interface ServedTarget {
  readonly service: string;
  readonly portName: string;
  readonly targetPort: number;
}

const targetsByAddress = groupMap(({ services }: Shard) => {
  const targets = new Map<string, ServedTarget[]>();
  for (const { key, endpoints } of services) {
    for (const { address, port } of endpoints) {
      if (address.kind !== 'ip') continue;
      const target: ServedTarget = { service: key, portName: port, targetPort: address.port };
      const before = targets.get(address.ip);
      if (before === undefined) targets.set(address.ip, [target]);
      else before.push(target);
    }
  }
  return targets;
});

export interface EndpointIndex {
  /** The endpoints of every service that has some, by `namespace/host`. */
  readonly byService: SortedMap<ServiceEndpoints>;
  /** Address → what it serves, by the object that says so. */
  readonly served: SortedMap<SortedMap<readonly ServedTarget[]>>;
}

export function indexEndpoints(slot: Slot, sources: Sources): EndpointIndex {
  const { workloads, cluster } = sources;
  const slices = sliceShards(slot, sources.slices, workloads.byAddress, cluster.domain);
  const endpoints = endpointsShards(slot, sources.endpoints, workloads.byAddress, cluster.domain);
  const entries = entryShards(slot, sources.serviceEntries, workloads.byNamespace, cluster.id);
  const others = workloadEntryShards(slot, sources.services, workloads.entriesByNamespace, undefined);
  const shards = withWorkloadEntries(
    slot,
    withEntries(slot, withEndpoints(slot, slices, endpoints), entries),
    others,
  );
  return {
    byService: serviceEndpoints(slot, byService(slot, shards, undefined), undefined),
    served: targetsByAddress(slot, shards, undefined),
  };
}

/** Slices are preferred: the older Endpoints object of the same service says the same, and less. */
function mergeContributions(contributions: readonly Contribution[]): ServiceEndpoints {
  const sliced = contributions.some(({ from }) => from === 'slice');
  const counted = contributions.filter(({ from }) => !(sliced && from === 'endpoints'));
  const byPort = new Map<string, ServiceEndpoint[]>();
  for (const endpoint of counted.flatMap(({ endpoints }) => endpoints)) {
    const list = byPort.get(endpoint.port);
    if (list === undefined) byPort.set(endpoint.port, [endpoint]);
    else list.push(endpoint);
  }
  return { byPort: Object.fromEntries([...byPort].map(([port, list]) => [port, unique(list)])) };
}

function unique(endpoints: readonly ServiceEndpoint[]): readonly ServiceEndpoint[] {
  const byAddress = new Map(endpoints.map((endpoint) => [renderAddress(endpoint.address), endpoint]));
  return [...byAddress.values()].sort(compareEndpoints);
}

function kubernetesKey(name: string, namespace: string, domain: string): string {
  return serviceKey({ namespace, host: `${name}.${namespace}.svc.${domain}` });
}
