import type { EndpointSlice, Service } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { groupMap, lookupMap, zipMaps } from '../derive/index.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { serviceKey } from '../snapshot/mesh-service.js';
import type { ServiceEndpoints } from '../snapshot/service-endpoint.js';
import { sliceAddresses } from '../snapshot/slice-endpoints.js';
import type { Workload } from '../snapshot/workload-index.js';

/** An address behind a service as the name table knows it. */
export interface NameEndpoint {
  readonly address: string;
  /** The name of the pod below the service's; '' where it has none. */
  readonly hostname: string;
  readonly cluster: string;
  readonly network: string;
  readonly ready: boolean;
}

interface NamedSlice {
  readonly service: string;
  readonly endpoints: readonly NameEndpoint[];
}

const named = lookupMap<EndpointSlice, SortedMap<Workload>, NamedSlice, string>({
  refs: sliceAddresses,
  compute: (slice, workloads, domain) => {
    const name = slice.metadata.labels['kubernetes.io/service-name'];
    if (name === undefined || slice.spec.addressType === 'FQDN') return undefined;
    const { namespace } = slice.metadata;
    return {
      service: kubernetesKey(name, namespace, domain),
      endpoints: endpointsOf(slice, workloads),
    };
  },
});

const byService = groupMap(({ service, endpoints }: NamedSlice) => [[service, endpoints]]);

const unreadyToo = groupMap(({ metadata, spec }: Service, domain: string) =>
  spec.publishNotReadyAddresses === true
    ? [[kubernetesKey(metadata.name, metadata.namespace, domain), true] as const]
    : [],
);

/** Slices tell names and clusters; what stands behind a service by other ways has an address only. */
const together = zipMaps(
  (all: ServiceEndpoints | undefined, slices: SortedMap<readonly NameEndpoint[]> | undefined) => {
    const sliced = [...(slices?.values() ?? [])].flat();
    const known = new Set(sliced.map(({ address }) => address));
    return [...sliced, ...addressesOf(all).filter(({ address }) => !known.has(address))];
  },
);

const answering = zipMaps((all: readonly NameEndpoint[] | undefined, unready: SortedMap<true> | undefined) =>
  unready === undefined ? all?.filter(({ ready }) => ready) : all,
);

/** The addresses that stand for a service where it has no virtual one, by `namespace/host`. */
export function nameEndpoints(snapshot: MeshSnapshot): SortedMap<readonly NameEndpoint[]> {
  const { mesh, resources, workloads, settings } = snapshot;
  const domain = settings.clusterDomain;
  const slices = byService(
    mesh,
    named(mesh, resources.EndpointSlice, workloads.byAddress, domain),
    undefined,
  );
  const all = together(mesh, snapshot.endpoints, slices, undefined);
  return answering(mesh, all, unreadyToo(mesh, resources.Service, domain), undefined);
}

function endpointsOf(
  { spec, origin, metadata }: EndpointSlice,
  workloads: SortedMap<SortedMap<Workload>>,
): readonly NameEndpoint[] {
  return (spec.endpoints ?? []).flatMap(({ addresses, hostname = '', conditions, targetRef }) =>
    addresses.map((address) => {
      const pods = [...(workloads.get(address)?.values() ?? [])];
      const pod = pods.find(
        ({ name, namespace }) => name === targetRef?.name && namespace === metadata.namespace,
      );
      return {
        address,
        hostname,
        cluster: origin.cluster,
        network: pod?.network ?? '',
        ready: conditions?.ready ?? true,
      };
    }),
  );
}

function addressesOf(endpoints: ServiceEndpoints | undefined): readonly NameEndpoint[] {
  return Object.values(endpoints?.byPort ?? {})
    .flat()
    .flatMap(({ address, network, workload, health }) =>
      address.kind === 'ip'
        ? [
            {
              address: address.ip,
              hostname: '',
              cluster: workload?.cluster ?? '',
              network,
              ready: health === 'healthy',
            },
          ]
        : [],
    );
}

function kubernetesKey(name: string, namespace: string, domain: string): string {
  return serviceKey({ namespace, host: `${name}.${namespace}.svc.${domain}` });
}
