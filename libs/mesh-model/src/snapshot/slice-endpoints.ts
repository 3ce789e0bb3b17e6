import type { Endpoints, EndpointSlice, SliceEndpoint } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import type { EndpointIr } from '@istio-ts/mesh-ir';
import { noLocality } from './locality.js';
import { modeAt } from './policy-index.js';
import type { ServiceEndpoint } from './service-endpoint.js';
import type { Workload } from './workload-index.js';

type ByAddress = SortedMap<SortedMap<Workload>>;
interface Reference {
  readonly name?: string;
}

export function sliceAddresses({ spec }: EndpointSlice): readonly string[] {
  return (spec.endpoints ?? []).flatMap(({ addresses }) => addresses);
}

/** The endpoints of a slice, completed by the pods behind its addresses. FQDN slices name no endpoints of the mesh. */
export function readSlice(
  { spec, metadata }: EndpointSlice,
  workloads: ByAddress,
): readonly ServiceEndpoint[] {
  if (spec.addressType === 'FQDN') return [];
  return (spec.endpoints ?? []).flatMap((endpoint) =>
    endpoint.addresses.flatMap((ip) =>
      (spec.ports ?? []).flatMap((port) =>
        port.port === undefined
          ? []
          : [
              endpointAt(ip, port.port, {
                port: port.name ?? '',
                workload: workloadAt(workloads, ip, endpoint.targetRef),
                health: healthOf(endpoint),
                namespace: metadata.namespace,
              }),
            ],
      ),
    ),
  );
}

export function endpointsAddresses({ spec }: Endpoints): readonly string[] {
  return (spec.subsets ?? []).flatMap(({ addresses = [], notReadyAddresses = [] }) =>
    [...addresses, ...notReadyAddresses].map(({ ip }) => ip),
  );
}

/** The endpoints of the older kind, which is read where a service has no slices. */
export function readEndpoints(
  { spec, metadata }: Endpoints,
  workloads: ByAddress,
): readonly ServiceEndpoint[] {
  return (spec.subsets ?? []).flatMap(({ addresses = [], notReadyAddresses = [], ports = [] }) => {
    const all = [
      ...addresses.map((address) => ({ ...address, health: 'healthy' as const })),
      ...notReadyAddresses.map((address) => ({ ...address, health: 'unhealthy' as const })),
    ];
    return all.flatMap(({ ip, targetRef, health }) =>
      ports.map(({ port, name }) =>
        endpointAt(ip, port, {
          port: name ?? '',
          workload: workloadAt(workloads, ip, targetRef),
          health,
          namespace: metadata.namespace,
        }),
      ),
    );
  });
}

function healthOf({ conditions }: SliceEndpoint): EndpointIr['health'] {
  if (conditions?.ready ?? true) return 'healthy';
  return conditions?.terminating === true && conditions.serving === true ? 'draining' : 'unhealthy';
}

/** Pods on the host's network share its address: the reference tells which one is meant. */
function workloadAt(workloads: ByAddress, ip: string, ref: Reference | undefined): Workload | undefined {
  const candidates = [...(workloads.get(ip)?.values() ?? [])];
  return candidates.find(({ name }) => name === ref?.name) ?? candidates[0];
}

interface Facts {
  readonly port: string;
  readonly workload: Workload | undefined;
  readonly health: EndpointIr['health'];
  readonly namespace: string;
}

function endpointAt(
  ip: string,
  number: number,
  { port, workload, health, namespace }: Facts,
): ServiceEndpoint {
  return {
    address: { kind: 'ip', ip, port: number },
    port,
    labels: workload?.labels ?? {},
    locality: workload?.locality ?? noLocality,
    network: workload?.network ?? '',
    serviceAccount: workload?.serviceAccount ?? '',
    namespace: workload?.namespace ?? namespace,
    health: workload?.labels['istio.io/draining'] === undefined ? health : 'draining',
    weight: 1,
    mtls: workload !== undefined && takesMtls(workload, number),
    workload: workload?.identity,
  };
}

/** A port on which the workload refuses mutual TLS is called in plain text. */
export function takesMtls({ meshed, modes }: Workload, port: number): boolean {
  return meshed && modeAt(modes, port) !== 'disable';
}
