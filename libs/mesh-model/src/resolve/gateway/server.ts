import {
  hostIntersection,
  hostsForNamespace,
  isHttp,
  parseProtocol,
  type Gateway,
  type GatewayServer,
} from '@istio-ts/config-model';
import { gatewayHttpRouteConfigName, gatewayHttpsRouteConfigName, listenerName } from '@istio-ts/mesh-ir';
import { resolvedPort, type GatewayClass } from '../../scope/gateway-class.js';
import type { RouteSource } from '../../snapshot/route-index.js';

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
export function placedServers(gateway: Gateway, proxyClass: GatewayClass): readonly PlacedServer[] {
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

/** The hosts that a server and a VirtualService agree on. A server may offer hosts to some namespaces only. */
export function servedHosts(
  { gateway, server }: PlacedServer,
  { hosts, resource }: RouteSource,
): readonly string[] {
  return hostIntersection(offeredHosts(gateway, server, resource.metadata.namespace), hosts);
}

/** The hosts that a server offers to the VirtualServices of a namespace. */
export function offeredHosts(
  { metadata }: Gateway,
  { hosts }: GatewayServer,
  namespace: string,
): readonly string[] {
  const absolute = hosts.map((host) =>
    host.startsWith('./') ? `${metadata.namespace}${host.slice(1)}` : host,
  );
  return hostsForNamespace(absolute, namespace);
}

/** The hosts of a server without the namespaces that they are offered to. */
export function plainHosts({ hosts }: GatewayServer): readonly string[] {
  return hosts.map((host) => host.slice(host.indexOf('/') + 1));
}
