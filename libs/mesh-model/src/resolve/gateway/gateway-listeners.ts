import { memo, type SortedMap } from '@istio-ts/foundation';
import type { GatewayChainIr, GatewayListenerIr, ListenerIr, OriginIr } from '@istio-ts/mesh-ir';
import { groupMap, lookupMap, projectMap, zipMaps } from '../../derive/index.js';
import type { GatewayClass } from '../../scope/gateway-class.js';
import { slotOf } from '../../scope/proxy-class.js';
import { visibleServices, type HostView } from '../../scope/service-view.js';
import type { MeshSettings } from '../../settings/mesh-settings.js';
import type { MeshSnapshot } from '../../snapshot/mesh-snapshot.js';
import { originOf } from '../../snapshot/origin.js';
import { planContextOf } from '../cluster-plan.js';
import { streamDestinations, tcpChains, tlsChains, type StreamChain } from '../listeners/stream-routes.js';
import { resolveServerTls } from './server-tls.js';
import type { PlacedServer } from './accepted-servers.js';
import { boundSources, classServers, type BoundSource } from './bound-sources.js';
import { gatewayContextOf, type GatewayContext } from './gateway-context.js';
import { plainHosts, servedHosts } from './server-hosts.js';

/** What one Gateway, or one VirtualService at it, adds to one listener. */
interface Part {
  readonly bind: string;
  readonly port: number;
  readonly chains: readonly GatewayChainIr[];
  readonly origins: readonly OriginIr[];
}

const httpParts = groupMap((servers: readonly PlacedServer[], { sds }: MeshSettings) =>
  collect(servers.map((placed) => [placed, httpChains(placed, sds)] as const)),
);

const streamEntries = lookupMap<BoundSource, HostView, readonly (readonly [string, Part])[], GatewayContext>({
  refs: ({ source }, { proxyClass: { namespace, selectors }, plans }) =>
    streamDestinations(source, { gateways: [], namespace, selectors, plans }),
  compute: ({ gateway, servers, source }, services, { proxyClass, plans }) =>
    collect(
      servers.map((placed) => {
        const { namespace, selectors } = proxyClass;
        const scene = { source, gateways: [gateway], namespace, selectors, services, plans };
        const port = placed.server.port.number;
        return [
          placed,
          streamChains(placed, { ...scene, port, tls: false, settings: plans.settings }),
        ] as const;
      }),
    ),
});

const streamParts = groupMap((entries: readonly (readonly [string, Part])[]) => entries);

interface ListenerContext {
  readonly settings: MeshSettings;
  readonly dynamicDns: boolean;
}

const listenerContextOf = memo((settings: MeshSettings, dynamicDns: boolean): ListenerContext => ({
  settings,
  dynamicDns,
}));

/** Hosts that are looked up when they are called. */
const dynamicHosts = projectMap((view: HostView) =>
  view.facts.service.resolution === 'dynamic-dns' ? true : undefined,
);

const listeners = zipMaps(
  (
    http: SortedMap<Part> | undefined,
    streams: SortedMap<Part> | undefined,
    { settings, dynamicDns }: ListenerContext,
  ): GatewayListenerIr | undefined => {
    const parts = [...(http?.values() ?? []), ...(streams?.values() ?? [])];
    const chains = distinct(parts.flatMap((part) => part.chains));
    const [first] = parts;
    if (first === undefined || chains.length === 0) return undefined;
    const { bind, port } = first;
    const origins = [...new Set(parts.flatMap((part) => part.origins))];
    return {
      kind: 'gateway',
      bind,
      port,
      chains,
      origins,
      dynamicDns,
      proxyProtocol: false,
      settings: settings.http,
    };
  },
);

/** Listeners of a gateway by name. A port on which nothing is served has none. */
export function gatewayListeners(snapshot: MeshSnapshot, proxyClass: GatewayClass): SortedMap<ListenerIr> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const context = gatewayContextOf(proxyClass, planContextOf(snapshot.settings, proxyClass.cluster.proxy));
  const services = visibleServices(snapshot, proxyClass.cluster.scope);
  const http = httpParts(slot, classServers(snapshot, proxyClass), snapshot.settings);
  const streams = streamEntries(slot, boundSources(snapshot, proxyClass), services, context);
  const dynamicDns = dynamicHosts(slot, services, undefined).size > 0;
  return listeners(
    slot,
    http,
    streamParts(slot, streams, undefined),
    listenerContextOf(snapshot.settings, dynamicDns),
  );
}

function collect(
  entries: readonly (readonly [PlacedServer, readonly GatewayChainIr[]])[],
): readonly (readonly [string, Part])[] {
  const parts = new Map<string, Part>();
  for (const [{ listener, bind, port, gateway }, chains] of entries) {
    if (chains.length === 0) continue;
    const before = parts.get(listener);
    parts.set(listener, {
      bind,
      port,
      chains: [...(before?.chains ?? []), ...chains],
      origins: [...(before?.origins ?? []), originOf(gateway)],
    });
  }
  return [...parts];
}

/** One chain for all plain servers of a port; one for each server that takes off TLS, by the names it serves. */
function httpChains(
  { kind, server, routeConfig }: PlacedServer,
  sds: MeshSettings['sds'],
): readonly GatewayChainIr[] {
  if (kind === 'http') {
    return [{ kind: 'http', routeConfig, serverName: undefined, serverNames: [], tls: undefined }];
  }
  const tls = kind === 'https' ? resolveServerTls(server.tls, sds) : undefined;
  if (tls === undefined) return [];
  const serverName = server.name === '' ? undefined : server.name;
  return [{ kind: 'http', routeConfig, serverName, serverNames: sniOf(plainHosts(server)), tls }];
}

function streamChains(
  placed: PlacedServer,
  scene: Parameters<typeof tcpChains>[0],
): readonly GatewayChainIr[] {
  const { kind, server } = placed;
  const hosts = servedHosts(placed, scene.source);
  if (hosts.length === 0) return [];
  switch (kind) {
    case 'tcp':
      return tcpChains(scene).map(({ route }) => ({
        kind: 'tcp',
        serverNames: [],
        route,
        tls: undefined,
        meshAlpn: false,
      }));
    case 'tls-terminate': {
      const tls = resolveServerTls(server.tls, scene.settings.sds);
      const serverNames = sniOf(plainHosts(server));
      return tcpChains(scene).map(({ route }) => ({ kind: 'tcp', serverNames, route, tls, meshAlpn: false }));
    }
    case 'tls-passthrough':
      return hosts.flatMap((host) => tlsChains(scene, host)).map(asPassthrough);
    case 'http':
    case 'https':
    case 'auto-passthrough':
      return [];
  }
}

function asPassthrough({ serverNames, route }: StreamChain): GatewayChainIr {
  return { kind: 'tcp', serverNames: sniOf(serverNames), route, tls: undefined, meshAlpn: false };
}

/** No names where any will do. */
function sniOf(hosts: readonly string[]): readonly string[] {
  return hosts.includes('*') ? [] : [...new Set(hosts)].sort();
}

/** Of chains that match alike the first counts. */
function distinct(chains: readonly GatewayChainIr[]): readonly GatewayChainIr[] {
  const seen = new Set<string>();
  return chains.filter((chain) => {
    const plainHttp = chain.kind === 'http' && chain.tls === undefined;
    const match = plainHttp
      ? 'http'
      : JSON.stringify([chain.serverNames, chain.kind === 'tcp' && chain.meshAlpn]);
    const isNew = !seen.has(match);
    seen.add(match);
    return isNew;
  });
}
