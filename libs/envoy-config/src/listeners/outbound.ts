import { memo } from '@istio-ts/foundation';
import {
  blackHoleCluster,
  listenerName,
  passthroughCluster,
  type HttpSettingsIr,
  type OutboundChainIr,
  type OutboundHttpChainIr,
  type OutboundListenerIr,
  type OutboundTcpChainIr,
  type TcpMatchIr,
} from '@istio-ts/mesh-ir';
import { core, durationFromMs, listener } from '@istio-ts/xds-types';
import { cidrRange, networkAddress } from '../address.js';
import { plainHttpProtocols } from '../mesh-alpn.js';
import { configMetadata } from '../metadata.js';
import { originRefs } from '../origins.js';
import { listenerAccessLogs } from './access-log.js';
import { encodeChain, handshakeLimit } from './chain.js';
import type { ListenerParts } from './encode-listener.js';
import { connectionManager } from './http-connection-manager.js';
import { httpInspection, tlsInspection } from './listener-filters.js';
import { routeTo, tcpFilters } from './network-filters.js';

/** Calls of the application to one port, or to one address and port. */
export function outboundListener(ir: OutboundListenerIr): ListenerParts {
  const name = listenerName(ir.bind, ir.port);
  const { chains, defaultChain } = arrangeChains(ir, name);
  return {
    shell: {
      name,
      address: networkAddress(ir.bind, ir.port),
      trafficDirection: core.TrafficDirection.OUTBOUND,
      bindToPort: ir.bindToPort ? undefined : false,
      ...listenerFilters(ir),
      continueOnListenerFiltersTimeout: true,
      accessLog: listenerAccessLogs(ir.settings),
    },
    chains,
    defaultChain,
    origins: originRefs(ir.chains.map((chain) => (chain.kind === 'tcp' ? chain.route.origin : undefined))),
  };
}

/** A chain that takes everything is the default chain, unless it is the only one; else the fallback is. */
function arrangeChains(
  { chains, fallback, settings }: OutboundListenerIr,
  name: string,
): Pick<ListenerParts, 'chains' | 'defaultChain'> {
  const encode = (chain: OutboundChainIr) => encodeOutboundChain(chain, settings, name);
  const takesAll = chains.find((chain) => chain.kind === 'tcp' && isEmpty(chain.match));
  if (takesAll !== undefined && chains.length > 1) {
    return {
      chains: chains.filter((chain) => chain !== takesAll).map(encode),
      defaultChain: encode(takesAll),
    };
  }
  return {
    chains: chains.map(encode),
    defaultChain: fallback === undefined ? undefined : fallbackChain(settings, fallback),
  };
}

const encodeOutboundChain = memo(
  (chain: OutboundChainIr, settings: HttpSettingsIr, name: string): Uint8Array =>
    chain.kind === 'http' ? httpChain(chain, settings, name) : tcpChain(chain, settings),
);

function httpChain(chain: OutboundHttpChainIr, settings: HttpSettingsIr, name: string): Uint8Array {
  return encodeChain({
    filterChainMatch: listener.FilterChainMatch.create({
      transportProtocol: 'raw_buffer',
      applicationProtocols: plainHttpProtocols(settings.acceptHttp10),
    }),
    filters: [
      connectionManager({
        settings,
        direction: 'outbound',
        statPrefix: `outbound_${name};`,
        routes: { rds: chain.routeConfig },
        special: chain.dynamicDns ? 'dynamic-dns' : 'none',
      }),
    ],
    transportSocketConnectTimeout: handshakeLimit,
  });
}

function tcpChain({ match, route }: OutboundTcpChainIr, settings: HttpSettingsIr): Uint8Array {
  return encodeChain({
    filterChainMatch: isEmpty(match) ? undefined : tcpMatch(match),
    filters: tcpFilters(settings, 'outbound', route),
    transportSocketConnectTimeout: handshakeLimit,
    metadata: configMetadata(route.origin),
  });
}

function tcpMatch({ destinations, serverNames }: TcpMatchIr): listener.FilterChainMatch {
  return listener.FilterChainMatch.create({ prefixRanges: destinations.map(cidrRange), serverNames });
}

function isEmpty({ destinations, serverNames }: TcpMatchIr): boolean {
  return destinations.length === 0 && serverNames.length === 0;
}

const fallbackChain = memo((settings: HttpSettingsIr, fallback: 'passthrough' | 'black-hole'): Uint8Array =>
  encodeChain({
    name: 'PassthroughFilterChain',
    filters: tcpFilters(
      settings,
      'outbound',
      routeTo(fallback === 'passthrough' ? passthroughCluster : blackHoleCluster),
    ),
    transportSocketConnectTimeout: handshakeLimit,
  }),
);

/** Inspectors that the chains need, and how long they may wait for a client that does not speak. */
function listenerFilters({ chains, settings }: OutboundListenerIr): Partial<listener.Listener> {
  const http = chains.some(({ kind }) => kind === 'http');
  const tls = chains.some((chain) => chain.kind === 'tcp' && chain.match.serverNames.length > 0);
  return {
    listenerFilters: [...(tls ? [tlsInspection] : []), ...(http ? [httpInspection] : [])],
    listenerFiltersTimeout: durationFromMs(http ? settings.protocolDetectionTimeoutMs : 0),
  };
}
