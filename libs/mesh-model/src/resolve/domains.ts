import type { MeshService } from '../snapshot/mesh-service.js';

/** For whom names are made: a proxy's namespace, and the suffix under which names may be shortened. */
export interface Caller {
  readonly namespace: string;
  /** `svc.cluster.local` */
  readonly domainSuffix: string;
}

/**
 * The names by which a service is called, in Istio's order: in full, in full with a dot, then the short forms (the bare name
 * only from its own namespace), each alias likewise, then its addresses. Of a headless Kubernetes service also the names of
 * its pods.
 */
export function serviceDomains(
  service: MeshService,
  aliases: readonly MeshService[],
  view: Caller,
): readonly string[] {
  const names = [service, ...aliases].flatMap((named) => namesOf(named, view));
  const pods = service.resolution === 'headless' ? names.map((name) => `*.${name}`) : [];
  const addresses = service.addresses.filter((address) => !address.includes('/')).map(bracketed);
  return [...new Set([...names, ...pods, ...addresses])];
}

function namesOf({ host }: MeshService, { namespace, domainSuffix }: Caller): readonly string[] {
  if (host.startsWith('*')) return [host];
  const full = [host, `${host}.`];
  if (domainSuffix === '' || !host.endsWith(`.${domainSuffix}`)) return full;
  const short = host.slice(0, -domainSuffix.length - 1);
  const [name = '', owner, ...rest] = short.split('.');
  if (owner === undefined || rest.length > 0) return full;
  const svc = domainSuffix.split('.')[0] ?? '';
  return owner === namespace
    ? [...full, name, `${name}.${owner}.${svc}`, `${name}.${owner}`]
    : [...full, `${name}.${owner}`, `${name}.${owner}.${svc}`];
}

/** IPv6 addresses stand in brackets where a host is written. */
function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** For listeners that serve all ports: names with the port; port 80 also without. */
export function domainsWithPort(domains: readonly string[], port: number): readonly string[] {
  const withPort = domains.map((domain) => `${domain}:${port}`);
  return port === 80 ? [...domains, ...withPort] : withPort;
}
