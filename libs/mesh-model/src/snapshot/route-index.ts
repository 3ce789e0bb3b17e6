import { gatewaysOf, meshGateway, resolveShortName, type VirtualService } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { groupMap, lookupMap, type Slot } from '../derive/index.js';
import { mergeDelegates } from './delegate.js';

/** A VirtualService with all names in full and its delegates merged in. */
export interface RouteSource {
  /** The object as written; its own http routes where it delegates to none. */
  readonly resource: VirtualService;
  readonly http: NonNullable<VirtualService['spec']['http']>;
  readonly hosts: readonly string[];
  /** `mesh`, or `namespace/name` of gateways. */
  readonly gateways: readonly string[];
}

export interface RouteIndex {
  readonly all: SortedMap<RouteSource>;
  /** Host (wildcards included) → the sources for sidecars that name it. */
  readonly meshByHost: SortedMap<SortedMap<RouteSource>>;
  /** `namespace/name` of a gateway → the sources bound to it. */
  readonly byGateway: SortedMap<SortedMap<RouteSource>>;
}

export { meshGateway };

const named = groupMap((route: VirtualService) => [
  [`${route.metadata.namespace}/${route.metadata.name}`, route],
]);

const sources = lookupMap<VirtualService, SortedMap<VirtualService>, RouteSource, string>({
  refs: (route) =>
    (route.spec.http ?? []).flatMap(({ delegate }) => (delegate ? [delegateName(route, delegate)] : [])),
  compute: (route, byName, domain) => {
    const { spec, metadata } = route;
    if (spec.hosts === undefined || spec.hosts.length === 0) return undefined;
    return {
      resource: route,
      http: mergeDelegates(
        spec.http ?? [],
        (delegate) => first(byName.get(delegateName(route, delegate))),
        domain,
      ),
      hosts: spec.hosts.map((host) => resolveShortName(host, metadata.namespace, domain)),
      gateways: gatewaysOf(spec).map((name) => resolveGatewayName(name, metadata.namespace)),
    };
  },
});

const groupMeshHosts = groupMap((source: RouteSource) =>
  source.gateways.includes(meshGateway) ? source.hosts.map((host) => [host, source] as const) : [],
);

const groupGateways = groupMap((source: RouteSource) =>
  source.gateways.filter((name) => name !== meshGateway).map((name) => [name, source] as const),
);

/** Indexes VirtualServices by the hosts and gateways that they are for. */
export function indexRoutes(slot: Slot, routes: SortedMap<VirtualService>, domain: string): RouteIndex {
  const all = sources(slot, routes, named(slot, routes, undefined), domain);
  return {
    all,
    meshByHost: groupMeshHosts(slot, all, undefined),
    byGateway: groupGateways(slot, all, undefined),
  };
}

/** `namespace/name` of a gateway as a VirtualService names it: `name`, `namespace/name`, `./name`, `mesh`. */
export function resolveGatewayName(name: string, namespace: string): string {
  if (name === meshGateway) return name;
  const slash = name.indexOf('/');
  if (slash === -1) return `${namespace}/${name.split('.')[0] ?? name}`;
  return name.startsWith('./') ? `${namespace}/${name.slice(2)}` : name;
}

function delegateName(
  { metadata }: VirtualService,
  { name = '', namespace }: { readonly name?: string; readonly namespace?: string },
): string {
  return `${namespace === undefined || namespace === '' ? metadata.namespace : namespace}/${name}`;
}

function first<V>(group: SortedMap<V> | undefined): V | undefined {
  return group === undefined ? undefined : [...group.values()][0];
}
