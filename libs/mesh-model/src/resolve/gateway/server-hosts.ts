import {
  hostIntersection,
  hostsForNamespace,
  type Gateway,
  type GatewayServer,
} from '@istio-ts/config-model';
import type { RouteSource } from '../../snapshot/route-index.js';
import type { PlacedServer } from './accepted-servers.js';

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
