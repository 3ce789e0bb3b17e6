import { memo, type SortedMap } from '@istio-ts/foundation';
import type { CatchAllIr, RouteConfigIr, VirtualHostIr } from '@istio-ts/mesh-ir';
import { expandMap, groupMap, projectMap, type Slot } from '../derive/index.js';
import { hostRoutes } from '../scope/host-routes.js';
import { slotOf, type ClassSlot, type OutboundClass } from '../scope/proxy-class.js';
import { visibleServices } from '../scope/service-view.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { planContextOf } from './cluster-plan.js';
import { claimDomains } from './domain-claims.js';
import { virtualHostContextOf, virtualHosts, type PlacedVirtualHost } from './virtual-hosts.js';

interface ConfigContext {
  readonly slot: ClassSlot;
  readonly settings: MeshSettings;
}

const contextOf = memo((slot: ClassSlot, settings: MeshSettings): ConfigContext => ({ slot, settings }));
/** Tables of one name are a family over all classes of a mesh. */
const familyOf = memo((mesh: Slot, config: string): object => ({ mesh, config }));
const configSlot = memo((slot: ClassSlot, config: string): Slot => ({ family: familyOf(slot.mesh, config) }));

const byConfig = groupMap((placed: readonly PlacedVirtualHost[]) => {
  const configs = new Map<string, VirtualHostIr[]>();
  for (const { config, virtualHost } of placed) {
    configs.set(config, [...(configs.get(config) ?? []), virtualHost]);
  }
  return configs;
});

const byName = expandMap((hosts: readonly VirtualHostIr[]) =>
  hosts.map((host) => [host.name, host] as const),
);

const routeConfigs = projectMap(
  (hosts: SortedMap<readonly VirtualHostIr[]>, { slot, settings }: ConfigContext, name): RouteConfigIr => {
    const own = configSlot(slot, name);
    const claimed = claimDomains(own, byName(own, hosts, undefined));
    return { name, virtualHosts: claimed, catchAll: catchAllOf(claimed, settings) };
  },
);

/** Route configurations of sidecars by name: one a port, one a detected port of a service, `http_proxy`. */
export function outboundRoutes(snapshot: MeshSnapshot, proxyClass: OutboundClass): SortedMap<RouteConfigIr> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const plans = planContextOf(snapshot.settings, proxyClass.cluster.proxy);
  const context = virtualHostContextOf(proxyClass, plans, snapshot.aliases);
  const services = visibleServices(snapshot, proxyClass.cluster.scope);
  const hosts = virtualHosts(slot, hostRoutes(snapshot, proxyClass), services, context);
  return routeConfigs(slot, byConfig(slot, hosts, undefined), contextOf(slot, snapshot.settings));
}

const catchAlls = {
  'allow-any': 'allow-any',
  'dynamic-dns': 'allow-any-dynamic-dns',
  'registry-only': 'block-all',
} as const;

/** Where a virtual host takes every name already, nothing is left to catch. */
function catchAllOf(hosts: SortedMap<VirtualHostIr>, { outboundPolicy }: MeshSettings): CatchAllIr {
  for (const { domains } of hosts.values()) if (domains.includes('*')) return { kind: 'none' };
  return { kind: catchAlls[outboundPolicy] };
}
