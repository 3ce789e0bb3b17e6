import type { Endpoints, EndpointSlice, Service } from '../resource.js';

export const none = '<none>';

/** `80:31380/TCP,443/TCP`. */
export function servicePorts({ spec }: Service): string {
  const ports = (spec.ports ?? []).map(({ port, nodePort, protocol = 'TCP' }) =>
    nodePort === undefined || nodePort === 0 ? `${port}/${protocol}` : `${port}:${nodePort}/${protocol}`,
  );
  return ports.length === 0 ? none : ports.join(',');
}

export function externalIp({ spec, status }: Service): string {
  if (spec.type === 'ExternalName') return spec.externalName ?? none;
  const given = (status?.loadBalancer?.ingress ?? []).map(({ ip, hostname }) => ip ?? hostname ?? '');
  const all = [...given, ...(spec.externalIPs ?? [])].filter((address) => address !== '');
  if (all.length > 0) return all.join(',');
  return spec.type === 'LoadBalancer' ? '<pending>' : none;
}

export function endpointAddresses({ spec }: Endpoints): string {
  const all = (spec.subsets ?? []).flatMap(({ addresses = [], ports = [] }) =>
    addresses.flatMap(({ ip }) => (ports.length === 0 ? [ip] : ports.map(({ port }) => `${ip}:${port}`))),
  );
  return shortened(all);
}

export function sliceAddresses({ spec }: EndpointSlice): string {
  return shortened((spec.endpoints ?? []).flatMap(({ addresses }) => addresses));
}

export function slicePorts({ spec }: EndpointSlice): string {
  return shortened((spec.ports ?? []).map(({ port }) => String(port ?? '*')));
}

/** kubectl shows three. */
function shortened(items: readonly string[]): string {
  if (items.length === 0) return none;
  const more = items.length - 3;
  return items.slice(0, 3).join(',') + (more > 0 ? ` + ${more} more...` : '');
}
