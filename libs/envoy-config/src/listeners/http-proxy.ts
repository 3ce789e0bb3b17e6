import { httpProxyRouteConfig, listenerName, type HttpProxyListenerIr } from '@istio-ts/mesh-ir';
import { core, durationFromMs } from '@istio-ts/xds-types';
import { networkAddress } from '../address.js';
import { listenerAccessLogs } from './access-log.js';
import { encodeChain, handshakeLimit } from './chain.js';
import type { ListenerParts } from './encode-listener.js';
import { connectionManager } from './http-connection-manager.js';

/** The way out for applications whose traffic is not captured: they use it as their HTTP proxy. */
export function httpProxyListener({ bind, port, settings }: HttpProxyListenerIr): ListenerParts {
  const name = listenerName(bind, port);
  const filters = [
    connectionManager({
      settings,
      direction: 'outbound',
      statPrefix: `outbound_${name};`,
      routes: { rds: httpProxyRouteConfig },
      forwardProxy: true,
      special: 'dynamic-dns',
    }),
  ];
  return {
    shell: {
      name,
      address: networkAddress(bind, port),
      trafficDirection: core.TrafficDirection.OUTBOUND,
      listenerFiltersTimeout: durationFromMs(0),
      continueOnListenerFiltersTimeout: true,
      accessLog: listenerAccessLogs(settings),
    },
    chains: [encodeChain({ filters, transportSocketConnectTimeout: handshakeLimit })],
  };
}
