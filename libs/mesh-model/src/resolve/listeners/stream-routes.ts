import { hostSubsetOf, isTls, type RouteDestination } from '@istio-ts/config-model';
import { memo, type SortedMap } from '@istio-ts/foundation';
import type { TcpRouteIr, WeightedClusterIr } from '@istio-ts/mesh-ir';
import type { HostView } from '../../scope/service-view.js';
import type { MeshPort } from '../../snapshot/mesh-service.js';
import { originOf } from '../../snapshot/origin.js';
import { meshGateway, type RouteSource } from '../../snapshot/route-index.js';
import type { PlanContext } from '../cluster-plan.js';
import { appliesHere, destinationCluster, destinationHost, type RouteScene } from '../routes/route-scene.js';

/** Connections that ask for one of the names, at one of the destinations; empty lists take all. */
export interface StreamChain {
  readonly serverNames: readonly string[];
  readonly destinations: readonly string[];
  readonly route: TcpRouteIr;
}

/** From where the `tcp` and `tls` routes of VirtualServices are read. */
export interface StreamScope {
  readonly gateways: readonly string[];
  readonly namespace: string;
  readonly selectors: readonly string[];
  readonly plans: PlanContext;
}

export const streamScopeOf = memo(
  (
    proxyClass: { readonly namespace: string; readonly selectors: readonly string[] },
    plans: PlanContext,
  ): StreamScope => ({
    gateways: [meshGateway],
    namespace: proxyClass.namespace,
    selectors: proxyClass.selectors,
    plans,
  }),
);

/** Hosts that the `tls` and `tcp` routes lead to. */
export function streamDestinations(
  source: RouteSource,
  { plans: { settings } }: StreamScope,
): readonly string[] {
  const { tcp = [], tls = [] } = source.resource.spec;
  const written = [...tcp, ...tls].flatMap(({ route = [] }) => route.map(({ destination }) => destination));
  return written.map((destination) => destinationHost(destination, { source, settings }));
}

/** The chains that `tls` and `tcp` routes make of one port of one host; nothing follows a chain that takes all. */
export function resolveStreamRoutes(
  source: RouteSource,
  { port, host }: { readonly port: MeshPort; readonly host: string },
  { services, ...scope }: StreamScope & { readonly services: SortedMap<HostView> },
): readonly StreamChain[] {
  const scene: RouteScene = {
    ...scope,
    services,
    source,
    port: port.number,
    tls: false,
    settings: scope.plans.settings,
  };
  const tls = isTls(port.protocol) ? tlsChains(scene, host) : [];
  const chains = [...tls, ...tcpChains(scene)];
  const end = chains.findIndex(
    ({ serverNames, destinations }) => serverNames.length + destinations.length === 0,
  );
  return end === -1 ? chains : chains.slice(0, end + 1);
}

/** One chain a match block; the names must be of the host. */
export function tlsChains(scene: RouteScene, host: string): readonly StreamChain[] {
  return (scene.source.resource.spec.tls ?? []).flatMap(({ match, route = [] }) =>
    match
      .filter((entry) => appliesHere(entry, scene))
      .map((entry) => ({
        serverNames: entry.sniHosts.filter((name) => hostSubsetOf(name, host) || hostSubsetOf(host, name)),
        destinations: (entry.destinationSubnets ?? []).map(asCidr),
        route: tcpRoute(route, scene),
      }))
      .filter(({ serverNames }) => serverNames.length > 0),
  );
}

export function tcpChains(scene: RouteScene): readonly StreamChain[] {
  return (scene.source.resource.spec.tcp ?? []).flatMap(({ match = [], route = [] }) => {
    const applying = match.length === 0 ? [{}] : match.filter((entry) => appliesHere(entry, scene));
    return applying.map((entry: (typeof match)[number]) => ({
      serverNames: [],
      destinations: (entry.destinationSubnets ?? []).map(asCidr),
      route: tcpRoute(route, scene),
    }));
  });
}

function tcpRoute(written: readonly RouteDestination[], scene: RouteScene): TcpRouteIr {
  const several = written.length > 1;
  const destinations = written
    .filter(({ weight = 0 }) => !several || weight > 0)
    .map(({ destination, weight = 0 }): WeightedClusterIr => ({
      cluster: destinationCluster(destination, scene),
      weight: several ? weight : 100,
    }));
  const { name, namespace } = scene.source.resource.metadata;
  const [only] = destinations;
  return {
    statPrefix: destinations.length === 1 && only !== undefined ? only.cluster : `${name}.${namespace}`,
    destinations,
    idleTimeoutMs: undefined,
    dynamicDnsPort: dynamicDnsPort(written, scene),
    origin: originOf(scene.source.resource),
  };
}

/** Of several destinations none can be told the name that was asked for: one lookup serves one cluster. */
function dynamicDnsPort(
  [sole, ...others]: readonly RouteDestination[],
  scene: RouteScene,
): number | undefined {
  if (sole === undefined || others.length > 0) return undefined;
  const service = scene.services.get(destinationHost(sole.destination, scene))?.facts.service;
  if (service?.resolution !== 'dynamic-dns') return undefined;
  return sole.destination.port?.number ?? scene.port;
}

function asCidr(subnet: string): string {
  if (subnet.includes('/')) return subnet;
  return `${subnet}/${subnet.includes(':') ? 128 : 32}`;
}
