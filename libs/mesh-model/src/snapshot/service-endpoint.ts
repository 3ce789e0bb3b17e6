import type { Labels } from '@istio-ts/config-model';
import type { EndpointAddressIr, EndpointIr, LocalityIr } from '@istio-ts/mesh-ir';

/** One address that serves one port of a service, with all that choosing among endpoints reads. */
export interface ServiceEndpoint {
  readonly address: EndpointAddressIr;
  /** Name of the service port that it serves. */
  readonly port: string;
  readonly labels: Labels;
  readonly locality: LocalityIr;
  readonly network: string;
  readonly serviceAccount: string;
  readonly namespace: string;
  readonly health: EndpointIr['health'];
  readonly weight: number;
  readonly mtls: boolean;
  readonly workload: EndpointIr['workload'];
}

/** The endpoints of one service, by the name of the port. */
export interface ServiceEndpoints {
  readonly byPort: Readonly<Record<string, readonly ServiceEndpoint[]>>;
}

const order = ['region', 'zone', 'subzone'] as const;

/** Fixed order: by locality, then by address. */
export function compareEndpoints(a: ServiceEndpoint, b: ServiceEndpoint): number {
  for (const part of order) {
    if (a.locality[part] !== b.locality[part]) return a.locality[part] < b.locality[part] ? -1 : 1;
  }
  const [left, right] = [renderAddress(a.address), renderAddress(b.address)];
  return left < right ? -1 : Number(left > right);
}

export function renderAddress(address: EndpointAddressIr): string {
  switch (address.kind) {
    case 'ip':
      return `${address.ip}:${address.port}`;
    case 'name':
      return `${address.name}:${address.port}`;
    case 'pipe':
      return address.path;
  }
}
