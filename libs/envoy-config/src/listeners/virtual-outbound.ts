import { memo } from '@istio-ts/foundation';
import {
  blackHoleCluster,
  passthroughCluster,
  virtualOutboundListener,
  type HttpSettingsIr,
  type VirtualOutboundListenerIr,
} from '@istio-ts/mesh-ir';
import { core, durationFromMs, listener, route } from '@istio-ts/xds-types';
import { networkAddress } from '../address.js';
import { plainHttpProtocols } from '../mesh-alpn.js';
import { allowAnyByNameHost } from '../routes/catch-all.js';
import { listenerAccessLogs } from './access-log.js';
import { blackHoleChain } from './black-hole-chain.js';
import { encodeChain } from './chain.js';
import type { ListenerParts } from './encode-listener.js';
import { connectionManager } from './http-connection-manager.js';
import { httpInspection } from './listener-filters.js';
import { routeTo, tcpFilters } from './network-filters.js';

const capturePort = 15001;

/** Takes captured calls, hands them to the listener of their destination, and keeps those that have none. */
export function virtualOutboundListenerParts(ir: VirtualOutboundListenerIr): ListenerParts {
  const byName = ir.policy === 'dynamic-dns';
  return {
    shell: {
      name: virtualOutboundListener,
      address: networkAddress('0.0.0.0', capturePort),
      trafficDirection: core.TrafficDirection.OUTBOUND,
      useOriginalDst: true,
      maxConnectionsToAcceptPerSocketEvent: 1,
      ...(byName ? httpDetection(ir.settings) : {}),
      accessLog: listenerAccessLogs(ir.settings),
    },
    chains: [
      blackHoleChain(ir.settings, 'virtualOutbound-blackhole', capturePort),
      ...(byName ? [byNameChain(ir.settings)] : []),
      catchAllChain(ir.settings, ir.policy),
    ],
  };
}

const catchAllChain = memo(
  (settings: HttpSettingsIr, policy: VirtualOutboundListenerIr['policy']): Uint8Array =>
    encodeChain({
      name: 'virtualOutbound-catchall-tcp',
      filters: tcpFilters(
        settings,
        'outbound',
        routeTo(policy === 'registry-only' ? blackHoleCluster : passthroughCluster),
      ),
    }),
);

/**
 * Unlike a listener of a service, this one takes calls of every kind, also to servers that speak first: without a limit
 * such a connection would wait for ever for bytes of the client, so where the mesh sets none Envoy's own (15 s) holds.
 */
function httpDetection({ protocolDetectionTimeoutMs: limit }: HttpSettingsIr): Partial<listener.Listener> {
  return {
    listenerFilters: [httpInspection],
    listenerFiltersTimeout: limit === 0 ? undefined : durationFromMs(limit),
    continueOnListenerFiltersTimeout: true,
  };
}

/**
 * Plain HTTP, which says which host it is for. The match has no transport: to Envoy everything is `raw_buffer` here, where
 * nothing looks for TLS, and it would not look further for what is no HTTP.
 */
const byNameChain = memo((settings: HttpSettingsIr): Uint8Array => {
  const name = 'virtualOutbound-catchall-tcp-http';
  const manager = connectionManager({
    settings,
    direction: 'outbound',
    statPrefix: `outbound_${name};`,
    routes: { inline: byNameRoutes },
    special: 'dynamic-dns',
  });
  return encodeChain({
    name,
    filterChainMatch: listener.FilterChainMatch.create({
      applicationProtocols: plainHttpProtocols(settings.acceptHttp10),
    }),
    filters: [manager],
  });
});

const byNameRoutes = route.RouteConfiguration.create({
  name: 'allow_any_dynamic_dns',
  virtualHosts: [allowAnyByNameHost],
  validateClusters: false,
});
