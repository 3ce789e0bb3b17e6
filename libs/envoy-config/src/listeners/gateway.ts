import { memo } from '@istio-ts/foundation';
import {
  listenerName,
  type GatewayChainIr,
  type GatewayListenerIr,
  type HttpSettingsIr,
} from '@istio-ts/mesh-ir';
import { core, listener } from '@istio-ts/xds-types';
import { networkAddress } from '../address.js';
import { meshAlpns } from '../mesh-alpn.js';
import { configMetadata } from '../metadata.js';
import { originRefs } from '../origins.js';
import { listenerAccessLogs } from './access-log.js';
import { encodeChain, handshakeLimit } from './chain.js';
import type { ListenerParts } from './encode-listener.js';
import { gatewayTls } from './gateway-tls.js';
import { connectionManager } from './http-connection-manager.js';
import { proxyProtocolHeader, tlsInspection } from './listener-filters.js';
import { tcpFilters } from './network-filters.js';

/** A port at the edge of the mesh, with the chains of all servers on it. */
export function gatewayListener(ir: GatewayListenerIr): ListenerParts {
  const name = listenerName(ir.bind, ir.port);
  return {
    shell: {
      name,
      address: networkAddress(ir.bind, ir.port),
      trafficDirection: core.TrafficDirection.OUTBOUND,
      listenerFilters: [
        ...(ir.proxyProtocol ? [proxyProtocolHeader] : []),
        ...(ir.chains.some(readsClientHello) ? [tlsInspection] : []),
      ],
      maxConnectionsToAcceptPerSocketEvent: 1,
      accessLog: listenerAccessLogs(ir.settings),
    },
    chains: ir.chains.map((chain) => gatewayChain(chain, ir.settings, name, ir.dynamicDns)),
    origins: originRefs([
      ...ir.origins,
      ...ir.chains.map((chain) => (chain.kind === 'tcp' ? chain.route.origin : undefined)),
    ]),
  };
}

function readsClientHello(chain: GatewayChainIr): boolean {
  return chain.serverNames.length > 0 || (chain.kind === 'tcp' && chain.meshAlpn);
}

const gatewayChain = memo(
  (chain: GatewayChainIr, settings: HttpSettingsIr, name: string, dynamicDns: boolean): Uint8Array =>
    encodeChain({
      filterChainMatch: chainMatch(chain),
      filters:
        chain.kind === 'tcp'
          ? tcpFilters(settings, 'gateway', chain.route)
          : [
              connectionManager({
                settings,
                direction: 'gateway',
                statPrefix: chain.serverName ?? `outbound_${name};`,
                routes: { rds: chain.routeConfig },
                special: dynamicDns ? 'dynamic-dns' : 'none',
              }),
            ],
      transportSocket: chain.tls === undefined ? undefined : gatewayTls(chain.tls),
      transportSocketConnectTimeout: handshakeLimit,
      metadata: chain.kind === 'tcp' ? configMetadata(chain.route.origin) : undefined,
    }),
);

function chainMatch(chain: GatewayChainIr): listener.FilterChainMatch | undefined {
  if (!readsClientHello(chain)) return undefined;
  return listener.FilterChainMatch.create({
    serverNames: chain.serverNames,
    applicationProtocols: chain.kind === 'tcp' && chain.meshAlpn ? meshAlpns : [],
  });
}
