import { isIpAddress } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import type { NameIr, ProxyNode } from '@istio-ts/mesh-ir';
import { groupMap, intern, lookupMap, projectMap } from '../derive/index.js';
import { scopeClassOf, slotOf, type ScopeClass } from '../scope/proxy-class.js';
import { visibleServices, type HostView } from '../scope/service-view.js';
import type { MeshService } from '../snapshot/mesh-service.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { nameEndpoints, type NameEndpoint } from './name-endpoints.js';

export interface NameTableOptions {
  /** Whether the name of a headless service stands for its endpoints of other clusters too. */
  readonly multiClusterHeadless: boolean;
}

/** What the name table reads of a proxy. */
interface NameClass extends NameTableOptions {
  readonly scope: ScopeClass;
  /** '' stands for a proxy that reaches all. */
  readonly cluster: string;
  readonly network: string;
}

type NamedAddresses = readonly (readonly [host: string, name: NameIr])[];

/**
 * The names that a proxy's own DNS server answers (NDS): every service that the proxy sees under its virtual addresses, a
 * service without one under those of its endpoints, and below a headless service each of its pods that has a host name.
 * The identical map for all proxies of a class, and for the next snapshot where nothing of it changed.
 */
export function nameTable(
  snapshot: MeshSnapshot,
  node: ProxyNode,
  { multiClusterHeadless }: NameTableOptions = { multiClusterHeadless: true },
): SortedMap<NameIr> {
  const scope = scopeClassOf(snapshot, node);
  const { clusterId: cluster, network } = node;
  const nameClass: NameClass = intern({ scope, cluster, network, multiClusterHeadless });
  const slot = slotOf(snapshot.mesh, nameClass);
  const names = namesOfHost(slot, visibleServices(snapshot, scope), nameEndpoints(snapshot), nameClass);
  return first(slot, byName(slot, names, undefined), undefined);
}

const namesOfHost = lookupMap<HostView, readonly NameEndpoint[], NamedAddresses, NameClass>({
  refs: ({ facts }) => [facts.key],
  compute: ({ facts: { key, service } }, endpoints, nameClass) =>
    service.addresses.length > 0
      ? named(service, service.host, service.addresses.filter(isIpAddress))
      : namesOfEndpoints(service, endpoints.get(key) ?? [], nameClass),
});

const byName = groupMap((names: NamedAddresses) => names);

/** A name that a service and a pod of another claim: the one that is first in the order of hosts has it. */
const first = projectMap((claims: SortedMap<NameIr>) => [...claims.values()][0]);

/** Envoy sends connections without a virtual address where the client was going, so clients have to know endpoints. */
function namesOfEndpoints(
  service: MeshService,
  endpoints: readonly NameEndpoint[],
  nameClass: NameClass,
): NamedAddresses {
  if (service.resolution !== 'headless' && service.resolution !== 'none') return [];
  const reachable = endpoints.filter(({ network }) => fits(network, nameClass.network));
  const here = reachable.filter(({ cluster }) => fits(cluster, nameClass.cluster));
  const all = nameClass.multiClusterHeadless ? reachable : here;
  return [...named(service, service.host, all.map(addressOf)), ...namesOfPods(service, reachable, here)];
}

/** A pod of the proxy's own cluster hides one of the same name elsewhere. */
function namesOfPods(
  service: MeshService,
  reachable: readonly NameEndpoint[],
  here: readonly NameEndpoint[],
): NamedAddresses {
  const hostnames = new Set(reachable.map(({ hostname }) => hostname).filter((hostname) => hostname !== ''));
  return [...hostnames].flatMap((hostname) => {
    const [own, all] = [here, reachable].map((list) => list.filter((each) => each.hostname === hostname));
    const addresses = (own?.length ? own : (all ?? [])).map(addressOf);
    return named(service, `${hostname}.${service.host}`, addresses, `${hostname}.${service.name}`);
  });
}

function named(
  { provider, name, namespace }: MeshService,
  host: string,
  addresses: readonly string[],
  shortName = name,
): NamedAddresses {
  if (addresses.length === 0) return [];
  const ir: NameIr =
    provider === 'kubernetes'
      ? { addresses: [...new Set(addresses)], registry: 'Kubernetes', shortName, namespace }
      : { addresses: [...new Set(addresses)], registry: 'External', shortName: '', namespace: '' };
  return [[host, ir]];
}

/** A proxy or an endpoint that does not say where it is can be anywhere. */
function fits(there: string, here: string): boolean {
  return there === '' || here === '' || there === here;
}

function addressOf({ address }: NameEndpoint): string {
  return address;
}
