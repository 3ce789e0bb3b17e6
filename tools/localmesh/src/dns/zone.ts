import { endpointsOf, podsOf } from '../workloads/endpoint-slices.js';
import type { PodState } from '../workloads/pod-state.js';
import type { Service } from '../workloads/service.js';

/** What a name leads to: addresses, another name, nothing of ours, or nothing although the name is in our domain. */
export type DnsAnswer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'alias'; readonly name: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'foreign' };

export const clusterDomain = 'cluster.local';

/** The names of a mesh at one moment. */
export interface DnsZone {
  readonly services: readonly Service[];
  readonly pods: readonly PodState[];
}

/**
 * Answers `<service>.<namespace>.svc.cluster.local` (its cluster IP; the pods of a headless service),
 * `<host>.<service>.<namespace>.svc…` (one pod of a headless service) and `1-2-3-4.<namespace>.pod…`. Names are compared
 * without regard to case.
 */
export function lookUp({ services, pods }: DnsZone, name: string): DnsAnswer {
  const labels = name.toLowerCase().replace(/\.$/, '').split('.');
  if (labels.slice(-2).join('.') !== clusterDomain) return { kind: 'foreign' };
  const kind = labels.at(-3);
  const [namespace, owner, host] = labels.slice(0, -3).reverse();
  if (kind === 'pod' && namespace !== undefined && owner !== undefined && host === undefined)
    return podAddress(owner);
  const service = services.find((each) => each.name === owner && each.namespace === namespace);
  if (kind !== 'svc' || service === undefined || labels.length > 6) return { kind: 'absent' };
  if (service.externalName !== undefined) return { kind: 'alias', name: service.externalName };
  if (service.clusterIp !== undefined && service.clusterIp !== 'None') {
    return host === undefined ? { kind: 'addresses', addresses: [service.clusterIp] } : { kind: 'absent' };
  }
  return headless(service, pods, host);
}

function headless(service: Service, pods: readonly PodState[], host: string | undefined): DnsAnswer {
  const [port] = service.ports;
  const serving =
    port === undefined
      ? podsOf(service, pods).filter(({ ready }) => ready || service.publishNotReady)
      : endpointsOf(service, port, pods).map(({ pod }) => pod);
  const asked = serving.filter((pod) => host === undefined || pod.name === host);
  return asked.length === 0
    ? { kind: 'absent' }
    : { kind: 'addresses', addresses: asked.map(({ address }) => address) };
}

function podAddress(dashed: string): DnsAnswer {
  return /^\d+-\d+-\d+-\d+$/.test(dashed)
    ? { kind: 'addresses', addresses: [dashed.replaceAll('-', '.')] }
    : { kind: 'absent' };
}
