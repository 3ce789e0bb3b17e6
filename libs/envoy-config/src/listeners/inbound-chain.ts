import { memo } from '@istio-ts/foundation';
import {
  blackHoleCluster,
  inboundClusterName,
  inboundPassthroughCluster,
  listenerName,
  type HttpSettingsIr,
  type InboundPortIr,
  type MtlsMode,
  type VirtualInboundListenerIr,
} from '@istio-ts/mesh-ir';
import { listener } from '@istio-ts/xds-types';
import { inboundPassthroughRoutes, inboundRouteConfig } from '../routes/inbound.js';
import { encodeChain } from './chain.js';
import { connectionManager, type ConnectionManagerInput } from './http-connection-manager.js';
import { inboundMatches, inboundTraffic, type InboundMatch } from './inbound-match.js';
import { inboundTls } from './inbound-tls.js';
import { routeTo, tcpFilters } from './network-filters.js';

/** The encoded chains of one declared port of `virtualInbound`. */
export const portChains = memo(
  (port: InboundPortIr, settings: HttpSettingsIr, captured: boolean): readonly Uint8Array[] => {
    const matches = inboundMatches(port.mtls, inboundTraffic(port.protocol), settings.acceptHttp10);
    return matches.map((match) => portChain(port, settings, { match, captured }));
  },
);

function portChain(
  port: InboundPortIr,
  settings: HttpSettingsIr,
  { match, captured }: { readonly match: InboundMatch; readonly captured: boolean },
): Uint8Array {
  const cluster = inboundClusterName(port.targetPort);
  return encodeChain({
    name: listenerName('0.0.0.0', port.targetPort),
    filterChainMatch: chainMatch(match, captured ? port.targetPort : undefined),
    filters:
      match.serves === 'tcp'
        ? tcpFilters(settings, 'inbound', routeTo(cluster))
        : [connectionManager(portManager(port, settings))],
    transportSocket: match.mutualTls ? inboundTls(settings) : undefined,
  });
}

function portManager(port: InboundPortIr, settings: HttpSettingsIr): ConnectionManagerInput {
  return {
    settings,
    direction: 'inbound',
    statPrefix: `inbound_0.0.0.0_${port.targetPort};`,
    routes: { inline: inboundRouteConfig(port) },
    special: port.protocol === 'grpc-web' ? 'grpc-web' : 'none',
    http2: port.protocol === 'http2' || port.protocol === 'grpc',
  };
}

/** Chains for ports that no service declares; with a mode of their own they match their port, else any. */
export function passthroughChains(ir: VirtualInboundListenerIr): readonly Uint8Array[] {
  const cluster = ir.passthroughPolicy === 'passthrough' ? inboundPassthroughCluster : blackHoleCluster;
  return [
    ...undeclaredPortChains(ir.settings, ir.passthrough, cluster, undefined),
    ...ir.passthroughPorts.flatMap(({ port, mtls }) =>
      undeclaredPortChains(ir.settings, mtls, cluster, port),
    ),
  ];
}

const undeclaredPortChains = memo(
  (
    settings: HttpSettingsIr,
    mode: MtlsMode,
    cluster: string,
    port: number | undefined,
  ): readonly Uint8Array[] =>
    inboundMatches(mode, 'detected', settings.acceptHttp10).map((match) =>
      encodeChain({
        name: match.serves === 'http' ? 'virtualInbound-catchall-http' : 'virtualInbound',
        filterChainMatch: chainMatch(match, port),
        filters:
          match.serves === 'tcp'
            ? tcpFilters(settings, 'inbound', routeTo(cluster))
            : [connectionManager(passthroughManager(settings, cluster))],
        transportSocket: match.mutualTls ? inboundTls(settings) : undefined,
      }),
    ),
);

function passthroughManager(settings: HttpSettingsIr, cluster: string): ConnectionManagerInput {
  return {
    settings,
    direction: 'inbound',
    statPrefix: `${inboundPassthroughCluster};`,
    routes: { inline: inboundPassthroughRoutes(cluster) },
  };
}

function chainMatch(match: InboundMatch, destinationPort: number | undefined): listener.FilterChainMatch {
  return listener.FilterChainMatch.create({
    destinationPort,
    transportProtocol: match.transport,
    applicationProtocols: match.applicationProtocols,
  });
}
