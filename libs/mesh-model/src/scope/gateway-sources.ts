import type { Gateway } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { memo } from '@istio-ts/foundation';
import { expandMap, lookupMap, projectMap } from '../derive/index.js';
import { gatewayName } from '../snapshot/gateway-index.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import type { RouteSource } from '../snapshot/route-index.js';
import type { GatewayClass } from './gateway-class.js';
import { isVisible } from './host-routes.js';
import { slotOf } from './proxy-class.js';

/** A VirtualService bound to a Gateway of the class. */
export interface BoundSource {
  readonly gateway: Gateway;
  readonly source: RouteSource;
}

interface Binding {
  readonly namespace: string;
  readonly exportTo: readonly string[];
}

const selected = projectMap((gateway: Gateway, { gateways }: GatewayClass, name) =>
  gateways.includes(name) ? gateway : undefined,
);

const bound = lookupMap<
  Gateway,
  SortedMap<RouteSource>,
  readonly (readonly [string, BoundSource])[],
  Binding
>({
  refs: (gateway) => [gatewayName(gateway)],
  compute: (gateway, sources, { namespace, exportTo }) =>
    [...(sources.get(gatewayName(gateway)) ?? [])]
      .filter(([, source]) => isVisible(source, namespace, exportTo))
      .map(([key, source]) => [`${gatewayName(gateway)} ${key}`, { gateway, source }] as const),
});

const pairs = expandMap((entries: readonly (readonly [string, BoundSource])[]) => entries);

const bindingOf = memo((exportTo: readonly string[], namespace: string): Binding => ({
  exportTo,
  namespace,
}));

/** The Gateways of the class by name. */
export function classGateways(snapshot: MeshSnapshot, proxyClass: GatewayClass): SortedMap<Gateway> {
  return selected(slotOf(snapshot.mesh, proxyClass), snapshot.gateways, proxyClass);
}

/** Every pair of a Gateway of the class and a VirtualService bound to it. */
export function boundSources(snapshot: MeshSnapshot, proxyClass: GatewayClass): SortedMap<BoundSource> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const binding = bindingOf(snapshot.settings.exportTo.virtualServices, proxyClass.namespace);
  const gateways = classGateways(snapshot, proxyClass);
  return pairs(slot, bound(slot, gateways, snapshot.routes.byGateway, binding), undefined);
}
