import { isHttp, parseProtocol, type Gateway, type GatewayServer } from '@istio-ts/config-model';
import { SortedMap } from '@istio-ts/foundation';
import { gatewayHttpRouteConfigName, gatewayHttpsRouteConfigName, listenerName } from '@istio-ts/mesh-ir';
import { resolvedPort, type GatewayClass } from '../../scope/gateway-class.js';
import { gatewayName } from '../../snapshot/gateway-index.js';
import { compareAge } from '../../snapshot/origin.js';

/** What a server's port carries, once TLS is taken off where it is. */
export type ServerKind = 'http' | 'https' | 'tcp' | 'tls-terminate' | 'tls-passthrough' | 'auto-passthrough';

/** A server of a Gateway at its place on this proxy. */
export interface PlacedServer {
  readonly kind: ServerKind;
  readonly gateway: Gateway;
  readonly server: GatewayServer;
  readonly bind: string;
  /** Port of the listener. */
  readonly port: number;
  readonly listener: string;
  /** Name of the route configuration of HTTP servers. */
  readonly routeConfig: string;
}

/** The servers of a Gateway that this proxy can serve. */
function placedServers(gateway: Gateway, proxyClass: GatewayClass): readonly PlacedServer[] {
  return (gateway.spec.servers ?? []).flatMap((server) => {
    const port = resolvedPort(proxyClass, server.port.number);
    const kind = kindOf(server);
    if (port === undefined || kind === undefined) return [];
    const bind = server.bind === undefined || server.bind === '' ? proxyClass.bind : server.bind;
    const listener = listenerName(bind, port);
    return [
      {
        kind,
        gateway,
        server,
        bind,
        port,
        listener,
        routeConfig: routeConfigOf({ gateway, server, port, kind }),
      },
    ];
  });
}

function kindOf({ port, tls }: GatewayServer): ServerKind | undefined {
  const protocol = parseProtocol(port.protocol);
  if (isHttp(protocol)) return 'http';
  if (protocol === 'UDP') return undefined;
  if (protocol !== 'HTTPS' && protocol !== 'TLS') return 'tcp';
  if (tls?.mode === 'AUTO_PASSTHROUGH') return 'auto-passthrough';
  if (tls === undefined || tls.mode === undefined || tls.mode === 'PASSTHROUGH') return 'tls-passthrough';
  return protocol === 'HTTPS' ? 'https' : 'tls-terminate';
}

function routeConfigOf(place: {
  readonly gateway: Gateway;
  readonly server: GatewayServer;
  readonly port: number;
  readonly kind: ServerKind;
}): string {
  const { gateway, server, port, kind } = place;
  const name =
    kind === 'https'
      ? gatewayHttpsRouteConfigName(server.port.number, server.port.name, gateway.metadata)
      : gatewayHttpRouteConfigName(port);
  return server.bind === undefined || server.bind === '' ? name : `${name}.${server.bind}`;
}

/**
 * Of all Gateways of a proxy, the oldest first, the servers that can stand together on one listener: plain HTTP with plain
 * HTTP, TLS with TLS as long as no host is claimed twice, and nothing beside plain TCP.
 */
export function acceptServers(
  gateways: SortedMap<Gateway>,
  proxyClass: GatewayClass,
): SortedMap<readonly PlacedServer[]> {
  const taken = new Map<string, PlacedServer[]>();
  const accepted = [...gateways.values()].sort(compareAge).map((gateway) => {
    const servers = placedServers(gateway, proxyClass).filter((placed) => {
      const others = taken.get(placed.listener) ?? [];
      if (!others.every((other) => standTogether(other, placed))) return false;
      taken.set(placed.listener, [...others, placed]);
      return true;
    });
    return [gatewayName(gateway), servers] as const;
  });
  return SortedMap.from(accepted);
}

function standTogether(a: PlacedServer, b: PlacedServer): boolean {
  if (a.kind === 'tcp' || b.kind === 'tcp') return false;
  if (a.kind === 'http' || b.kind === 'http') return a.kind === b.kind;
  return !a.server.hosts.some((host) => b.server.hosts.includes(host));
}
