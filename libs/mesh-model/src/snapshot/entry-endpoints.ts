import {
  isIpAddress,
  isWildcard,
  labelsMatch,
  workloadEntryDefaults,
  type Labels,
  type ServiceEntry,
  type WorkloadEntrySpec,
} from '@istio-ts/config-model';
import { intern } from '../derive/index.js';
import type { EndpointAddressIr } from '@istio-ts/mesh-ir';
import { parseLocality } from './locality.js';
import type { MeshPort } from './mesh-service.js';
import type { ServiceEndpoint } from './service-endpoint.js';
import { takesMtls } from './slice-endpoints.js';
import { identify, isEntryMeshed, type Workload } from './workload-index.js';

/** Where a ServiceEntry's own endpoints stand; by DNS without endpoints it is the host itself. */
export function readInlineEndpoints(
  entry: ServiceEntry,
  host: string,
  clusterId: string,
): readonly ServiceEndpoint[] {
  const { spec } = entry;
  const byDns = spec.resolution?.startsWith('DNS') === true;
  const written = spec.endpoints ?? [];
  const implied = byDns && written.length === 0 && spec.workloadSelector === undefined && !isWildcard(host);
  const endpoints: readonly WorkloadEntrySpec[] = implied ? [{ address: host }] : written;
  if (spec.resolution === undefined || spec.resolution === 'NONE') return [];
  return endpoints.flatMap((endpoint) =>
    (spec.ports ?? []).map((port) => inlineEndpoint(endpoint, port, { entry, clusterId })),
  );
}

function inlineEndpoint(
  endpoint: WorkloadEntrySpec,
  port: NonNullable<ServiceEntry['spec']['ports']>[number],
  { entry, clusterId }: { readonly entry: ServiceEntry; readonly clusterId: string },
): ServiceEndpoint {
  const number = endpoint.ports?.[port.name] ?? (port.targetPort || port.number);
  const { labels = {}, serviceAccount = '' } = endpoint;
  const { namespace, name } = entry.metadata;
  const external = entry.spec.location !== 'MESH_INTERNAL';
  return {
    address: addressOf(endpoint.address ?? '', number),
    port: port.name,
    labels,
    locality: intern(parseLocality(endpoint.locality ?? '')),
    network: endpoint.network ?? '',
    serviceAccount,
    namespace,
    health: 'healthy',
    weight: endpoint.weight ?? workloadEntryDefaults.weight,
    mtls: isEntryMeshed(labels, endpoint.serviceAccount),
    workload: external ? undefined : identify(name, namespace, { labels, clusterId }),
  };
}

/** The workloads that a selector picks, on the given ports. */
export function selectEndpoints(
  workloads: Iterable<Workload>,
  selector: Labels | undefined,
  ports: readonly MeshPort[],
): readonly ServiceEndpoint[] {
  return [...workloads]
    .filter(({ labels }) => labelsMatch(selector, labels))
    .flatMap((workload) => ports.flatMap((port) => workloadEndpoint(workload, port)));
}

function workloadEndpoint(workload: Workload, port: MeshPort): readonly ServiceEndpoint[] {
  const number = workloadPort(workload, port);
  const [address] = workload.addresses;
  if (number === undefined || address === undefined) return [];
  const { labels, locality, network, serviceAccount, namespace, weight, identity } = workload;
  return [
    {
      address: addressOf(address, number),
      port: port.name,
      labels,
      locality,
      network,
      serviceAccount,
      namespace,
      health: workload.ready ? 'healthy' : 'unhealthy',
      weight,
      mtls: takesMtls(workload, number),
      workload: identity,
    },
  ];
}

/** The number of the port of a workload that a service port leads to; undefined where a name is not declared there. */
export function workloadPort(
  { kind, ports }: Pick<Workload, 'kind' | 'ports'>,
  { name, number, targetPort }: MeshPort,
): number | undefined {
  const own = kind === 'workload-entry' ? ports[name] : undefined;
  if (own !== undefined) return own;
  if (typeof targetPort !== 'string') return targetPort ?? number;
  return /^\d+$/u.test(targetPort) ? Number(targetPort) : ports[targetPort];
}

function addressOf(address: string, port: number): EndpointAddressIr {
  if (address.startsWith('unix://')) return { kind: 'pipe', path: address.slice('unix://'.length) };
  return isIpAddress(address) ? { kind: 'ip', ip: address, port } : { kind: 'name', name: address, port };
}
