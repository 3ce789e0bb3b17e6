import type { Gateway } from '@istio-ts/config-model';
import { memo, type SortedMap } from '@istio-ts/foundation';
import { expandMap, lookupMap, projectMap } from '../../derive/index.js';
import type { GatewayClass } from '../../scope/gateway-class.js';
import { isVisible } from '../../scope/host-routes.js';
import { slotOf } from '../../scope/proxy-class.js';
import type { MeshSnapshot } from '../../snapshot/mesh-snapshot.js';
import type { RouteSource } from '../../snapshot/route-index.js';
import { acceptServers, type PlacedServer } from './accepted-servers.js';

/** A VirtualService bound to a Gateway of the class, and the servers of that Gateway which this proxy serves. */
export interface BoundSource {
  /** `namespace/name` of the gateway. */
  readonly gateway: string;
  readonly servers: readonly PlacedServer[];
  readonly source: RouteSource;
}

interface Binding {
  readonly namespace: string;
  readonly exportTo: readonly string[];
}

type Servers = readonly PlacedServer[];

const selected = projectMap((gateway: Gateway, { gateways }: GatewayClass, name) =>
  gateways.includes(name) ? gateway : undefined,
);

const accepted = memo((gateways: SortedMap<Gateway>, proxyClass: GatewayClass) =>
  acceptServers(gateways, proxyClass),
);
const settled = projectMap((servers: Servers) => servers);

const bound = lookupMap<
  Servers,
  SortedMap<RouteSource>,
  readonly (readonly [string, BoundSource])[],
  Binding
>({
  refs: (_servers, _binding, gateway) => [gateway],
  compute: (servers, sources, { namespace, exportTo }, gateway) =>
    [...(sources.get(gateway) ?? [])]
      .filter(([, source]) => isVisible(source, namespace, exportTo))
      .map(([key, source]) => [`${gateway} ${key}`, { gateway, servers, source }] as const),
});

const pairs = expandMap((entries: readonly (readonly [string, BoundSource])[]) => entries);

const bindingOf = memo((exportTo: readonly string[], namespace: string): Binding => ({
  exportTo,
  namespace,
}));

/** Gateways of the class by name, each with the servers that this proxy serves. */
export function classServers(snapshot: MeshSnapshot, proxyClass: GatewayClass): SortedMap<Servers> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const gateways = selected(slot, snapshot.gateways, proxyClass);
  return settled(slot, accepted(gateways, proxyClass), undefined);
}

/** Every pair of a Gateway of the class and a VirtualService bound to it. */
export function boundSources(snapshot: MeshSnapshot, proxyClass: GatewayClass): SortedMap<BoundSource> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const binding = bindingOf(snapshot.settings.exportTo.virtualServices, proxyClass.namespace);
  const servers = classServers(snapshot, proxyClass);
  return pairs(slot, bound(slot, servers, snapshot.routes.byGateway, binding), undefined);
}
