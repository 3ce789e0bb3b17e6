import { isCidr, isHttp, type Protocol } from '@istio-ts/config-model';
import { memo, type SortedMap } from '@istio-ts/foundation';
import { httpProxyRouteConfig, virtualHostName, type RouteIr, type VirtualHostIr } from '@istio-ts/mesh-ir';
import { lookupMap } from '../derive/index.js';
import type { HostRoute } from '../scope/host-routes.js';
import type { OutboundClass } from '../scope/proxy-class.js';
import { isVisible, type HostView } from '../scope/service-view.js';
import type { MeshPort, MeshService } from '../snapshot/mesh-service.js';
import { meshGateway, type RouteSource } from '../snapshot/route-index.js';
import type { PlanContext } from './cluster-plan.js';
import { domainsWithPort, serviceDomains } from './domains.js';
import { defaultRoute, resolveHttpRoutes } from './routes/http-routes.js';
import { destinationHost } from './routes/route-scene.js';

/** A virtual host and the route configuration that it belongs to. */
export interface PlacedVirtualHost {
  readonly config: string;
  readonly virtualHost: VirtualHostIr;
}

export interface VirtualHostContext {
  readonly proxyClass: OutboundClass;
  readonly plans: PlanContext;
  /** Alias target → ExternalName services. */
  readonly aliases: SortedMap<SortedMap<MeshService>>;
}

export const virtualHostContextOf = memo(
  (
    proxyClass: OutboundClass,
    plans: PlanContext,
    aliases: VirtualHostContext['aliases'],
  ): VirtualHostContext => ({ proxyClass, plans, aliases }),
);

/** The virtual hosts of every host, with the services that its routes lead to at hand. */
export const virtualHosts = lookupMap<HostRoute, HostView, readonly PlacedVirtualHost[], VirtualHostContext>({
  refs: ({ host, source }, { plans }) =>
    source === undefined ? [host] : [host, ...destinationsOf(source, plans)],
  compute: (hostRoute, services, context) => {
    const placed = virtualHostsOf(hostRoute, services, context);
    return placed.length === 0 ? undefined : placed;
  },
});

function destinationsOf(source: RouteSource, { settings }: PlanContext): readonly string[] {
  const written = source.http.flatMap(({ route = [], mirror, mirrors = [] }) => [
    ...route.map(({ destination }) => destination),
    ...(mirror === undefined ? [] : [mirror]),
    ...mirrors.map(({ destination }) => destination),
  ]);
  return written.map((destination) => destinationHost(destination, { source, settings }));
}

function virtualHostsOf(
  { host, view, source }: HostRoute,
  services: SortedMap<HostView>,
  context: VirtualHostContext,
): readonly PlacedVirtualHost[] {
  const { proxyClass, plans, aliases } = context;
  const routesAt = (port: number): readonly RouteIr[] => {
    const found = source === undefined ? [] : meshRoutes(source, port, { services, context });
    return found.length > 0 || view === undefined ? found : [defaultRoute(view, port, plans)];
  };
  if (view === undefined) return placed(host, 80, { domains: [host], routes: routesAt(80), proxyClass });
  const { service } = view.facts;
  const seen = [...(aliases.get(host)?.values() ?? [])].filter((alias) =>
    isVisible(alias, proxyClass.namespace),
  );
  const domains = serviceDomains(service, seen, proxyClass);
  return service.ports.filter(isRouted).flatMap((port) => {
    const routes = routesAt(port.number);
    const config = routeConfigName(service, port);
    const alone = config.includes(':') ? config : undefined;
    return placed(host, port.number, { domains, routes, proxyClass, alone });
  });
}

function meshRoutes(
  source: RouteSource,
  port: number,
  { services, context }: { readonly services: SortedMap<HostView>; readonly context: VirtualHostContext },
): readonly RouteIr[] {
  const { proxyClass, plans } = context;
  return resolveHttpRoutes({
    source,
    gateways: [meshGateway],
    namespace: proxyClass.namespace,
    selectors: proxyClass.selectors,
    port,
    tls: false,
    services,
    plans,
    settings: plans.settings,
  });
}

interface Content {
  readonly domains: readonly string[];
  readonly routes: readonly RouteIr[];
  readonly proxyClass: OutboundClass;
  /** Name of a route configuration that holds this virtual host alone. */
  readonly alone?: string | undefined;
}

function placed(host: string, port: number, content: Content): readonly PlacedVirtualHost[] {
  const { domains, routes, proxyClass, alone } = content;
  if (routes.length === 0) return [];
  const at = (config: string, names: readonly string[]): PlacedVirtualHost => ({
    config,
    virtualHost: { name: virtualHostName(host, port), domains: names, routes, requireTls: false },
  });
  const captured = alone === undefined ? at(String(port), domains) : at(alone, ['*']);
  return [
    ...(proxyClass.captured ? [captured] : []),
    ...(proxyClass.httpProxy === undefined ? [] : [at(httpProxyRouteConfig, domainsWithPort(domains, port))]),
  ];
}

/** Ports whose requests are routed: HTTP as declared, and what may turn out to be HTTP. */
export function isRouted({ protocol }: MeshPort): boolean {
  return isHttp(protocol) || isDetected(protocol);
}

export function isDetected(protocol: Protocol): boolean {
  return protocol === 'Unsupported';
}

/** The port; `<host>:<port>` where the protocol is to be detected on addresses that the service has for itself. */
export function routeConfigName(
  { host, addresses, resolution }: MeshService,
  { number, protocol }: MeshPort,
): string {
  const own = resolution === 'headless' || addresses.some((address) => !isCidr(address));
  return isDetected(protocol) && own ? `${host}:${number}` : String(number);
}
