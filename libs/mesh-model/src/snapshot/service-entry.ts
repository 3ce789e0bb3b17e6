import { parseProtocol, type ServiceEntry } from '@istio-ts/config-model';
import { canonicalCidr } from './cidr.js';
import { translatesPorts, type MeshService, type Resolution } from './mesh-service.js';

/** The services that a ServiceEntry declares: one a host, all with the same ports and addresses. */
export function readServiceEntry(entry: ServiceEntry, exportTo: readonly string[]): readonly MeshService[] {
  const { spec, metadata } = entry;
  const resolution = resolutionOf(spec.resolution);
  return spec.hosts.map((host) => ({
    host,
    name: host,
    namespace: metadata.namespace,
    provider: 'service-entry',
    createdMs: metadata.creationTimestampMs ?? 0,
    ports: (spec.ports ?? []).map((port) => ({
      number: port.number,
      name: port.name,
      protocol: parseProtocol(port.protocol ?? ''),
      targetPort: port.targetPort === 0 ? undefined : port.targetPort,
    })),
    addresses: addressesOf(entry, host),
    resolution,
    external: spec.location !== 'MESH_INTERNAL',
    exportTo: spec.exportTo && spec.exportTo.length > 0 ? spec.exportTo : exportTo,
    selector:
      Object.keys(spec.workloadSelector?.labels ?? {}).length > 0 ? spec.workloadSelector?.labels : undefined,
    subjectAltNames: spec.subjectAltNames ?? [],
    translatesPorts: translatesPorts(metadata.labels),
    aliasOf: undefined,
  }));
}

function addressesOf({ spec, status }: ServiceEntry, host: string): readonly string[] {
  if (spec.addresses && spec.addresses.length > 0) return spec.addresses.map(canonicalCidr);
  return (status?.addresses ?? []).flatMap((given) =>
    given.value !== undefined && (given.host === undefined || given.host === host) ? [given.value] : [],
  );
}

function resolutionOf(written: ServiceEntry['spec']['resolution']): Resolution {
  switch (written) {
    case 'STATIC':
      return 'static';
    case 'DNS':
      return 'dns';
    case 'DNS_ROUND_ROBIN':
      return 'dns-round-robin';
    case 'DYNAMIC_DNS':
      return 'dynamic-dns';
    case 'NONE':
    case undefined:
      return 'none';
  }
}
