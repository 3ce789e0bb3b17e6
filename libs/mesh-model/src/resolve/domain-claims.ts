import { memo, type SortedMap } from '@istio-ts/foundation';
import type { VirtualHostIr } from '@istio-ts/mesh-ir';
import { projectMap, type Slot } from '../derive/index.js';

type Hosts = SortedMap<VirtualHostIr>;
type Lost = ReadonlyMap<string, ReadonlySet<string>>;

const domainsOf = projectMap(({ domains }: VirtualHostIr) => domains);

const withoutLost = projectMap((host: VirtualHostIr, lost: Lost) => {
  const dropped = lost.get(host.name);
  if (dropped === undefined) return host;
  const domains = host.domains.filter((domain) => !dropped.has(domain));
  return domains.length === 0 ? undefined : { ...host, domains };
});

const nothingLost: Lost = new Map();

/**
 * Leaves each domain to one virtual host, as Envoy demands, case aside: to the host of that very name, else to the first by
 * name. Who claims what is looked at again only when a list of domains changed, not when routes did.
 */
export function claimDomains(slot: Slot, hosts: Hosts): Hosts {
  return withoutLost(slot, hosts, lostDomains(domainsOf(slot, hosts, undefined)));
}

const lostDomains = memo((domains: SortedMap<readonly string[]>): Lost => {
  const owners = new Map<string, string>();
  for (const [name, [first]] of domains) claim(owners, first, name);
  for (const [name, all] of domains) for (const domain of all) claim(owners, domain, name);
  const lost = new Map<string, ReadonlySet<string>>();
  for (const [name, all] of domains) {
    const dropped = all.filter((domain) => owners.get(domain.toLowerCase()) !== name);
    if (dropped.length > 0) lost.set(name, new Set(dropped));
  }
  return lost.size === 0 ? nothingLost : lost;
});

function claim(owners: Map<string, string>, domain: string | undefined, name: string): void {
  const key = domain?.toLowerCase();
  if (key !== undefined && !owners.has(key)) owners.set(key, name);
}
