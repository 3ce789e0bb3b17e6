import { SortedMap } from '@istio-ts/foundation';
import type { RouteConfigIr, RouteIr } from '@istio-ts/mesh-ir';
import { groupMap, lookupMap, zipMaps } from '../../derive/index.js';
import type { GatewayClass } from '../../scope/gateway-class.js';
import { slotOf } from '../../scope/proxy-class.js';
import { visibleServices, type HostView } from '../../scope/service-view.js';
import type { MeshSnapshot } from '../../snapshot/mesh-snapshot.js';
import { compareAge } from '../../snapshot/origin.js';
import { planContextOf } from '../cluster-plan.js';
import { resolveHttpRoutes } from '../routes/http-routes.js';
import { destinationHost } from '../routes/route-scene.js';
import { gatewayVirtualHosts, type ServedRoutes, type ServerShell } from './gateway-virtual-hosts.js';
import type { PlacedServer } from './accepted-servers.js';
import { boundSources, classServers, type BoundSource } from './bound-sources.js';
import { gatewayContextOf, type GatewayContext } from './gateway-context.js';
import { plainHosts, servedHosts } from './server-hosts.js';

/** What the servers alone say of each route configuration. */
const shells = groupMap((servers: readonly PlacedServer[]) => {
  const byConfig = new Map<string, ServerShell[]>();
  for (const { kind, server, routeConfig } of servers) {
    if (kind !== 'http' && kind !== 'https') continue;
    const redirected = server.tls?.httpsRedirect === true ? plainHosts(server) : [];
    byConfig.set(routeConfig, [
      ...(byConfig.get(routeConfig) ?? []),
      { serverPort: server.port.number, redirected },
    ]);
  }
  return byConfig;
});

const served = lookupMap<
  BoundSource,
  HostView,
  readonly (readonly [string, readonly ServedRoutes[]])[],
  GatewayContext
>({
  refs: ({ source }, { plans: { settings } }) =>
    source.http.flatMap(({ route = [], mirror, mirrors = [] }) =>
      [...route, ...mirrors, ...(mirror === undefined ? [] : [{ destination: mirror }])].map(
        ({ destination }) => destinationHost(destination, { source, settings }),
      ),
    ),
  compute: (pair, services, context) => servedRoutes(pair, services, context),
});

const byConfig = groupMap((entries: readonly (readonly [string, readonly ServedRoutes[]])[]) => entries);

const configs = zipMaps(
  (
    servers: SortedMap<readonly ServerShell[]> | undefined,
    routes: SortedMap<readonly ServedRoutes[]> | undefined,
    _context: undefined,
    name,
  ): RouteConfigIr | undefined => {
    const declared = [...(servers?.values() ?? [])].flat();
    const [first] = declared;
    if (first === undefined) return undefined;
    const ordered = [...(routes?.values() ?? [])].flat().sort((a, b) => compareAge(a.resource, b.resource));
    const virtualHosts = gatewayVirtualHosts(declared, ordered);
    const empty = virtualHosts.length === 0;
    return {
      name,
      virtualHosts: SortedMap.from(virtualHosts.map((host) => [host.name, host] as const)),
      catchAll: empty ? { kind: 'black-hole', port: first.serverPort } : { kind: 'none' },
    };
  },
);

/** Route configurations of a gateway by name: one a plain port, one a server that takes off TLS. */
export function gatewayRoutes(snapshot: MeshSnapshot, proxyClass: GatewayClass): SortedMap<RouteConfigIr> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const plans = planContextOf(snapshot.settings, proxyClass.cluster.proxy);
  const services = visibleServices(snapshot, proxyClass.cluster.scope);
  const sources = boundSources(snapshot, proxyClass);
  const entries = served(slot, sources, services, gatewayContextOf(proxyClass, plans));
  const gateways = shells(slot, classServers(snapshot, proxyClass), undefined);
  return configs(slot, gateways, byConfig(slot, entries, undefined), undefined);
}

function servedRoutes(
  { gateway, servers, source }: BoundSource,
  services: SortedMap<HostView>,
  { proxyClass, plans }: GatewayContext,
): readonly (readonly [string, readonly ServedRoutes[]])[] {
  const found = new Map<string, ServedRoutes[]>();
  for (const placed of servers) {
    const hosts = servedHosts(placed, source);
    if ((placed.kind !== 'http' && placed.kind !== 'https') || hosts.length === 0) continue;
    const routes: readonly RouteIr[] = resolveHttpRoutes({
      source,
      gateways: [gateway],
      namespace: proxyClass.namespace,
      selectors: proxyClass.selectors,
      port: placed.server.port.number,
      tls: placed.kind === 'https',
      services,
      plans,
      settings: plans.settings,
    });
    if (routes.length === 0) continue;
    const part: ServedRoutes = {
      hosts,
      serverPort: placed.server.port.number,
      routes,
      redirect: placed.server.tls?.httpsRedirect === true,
      resource: source.resource,
    };
    found.set(placed.routeConfig, [...(found.get(placed.routeConfig) ?? []), part]);
  }
  return [...found];
}
