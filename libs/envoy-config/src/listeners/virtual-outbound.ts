import { memo } from '@istio-ts/foundation';
import {
  blackHoleCluster,
  passthroughCluster,
  virtualOutboundListener,
  type HttpSettingsIr,
  type VirtualOutboundListenerIr,
} from '@istio-ts/mesh-ir';
import { core } from '@istio-ts/xds-types';
import { networkAddress } from '../address.js';
import { listenerAccessLogs } from './access-log.js';
import { blackHoleChain } from './black-hole-chain.js';
import { encodeChain } from './chain.js';
import type { ListenerParts } from './encode-listener.js';
import { routeTo, tcpFilters } from './network-filters.js';

const capturePort = 15001;

/** Takes captured calls, hands them to the listener of their destination, and keeps those that have none. */
export function virtualOutboundListenerParts(ir: VirtualOutboundListenerIr): ListenerParts {
  return {
    shell: {
      name: virtualOutboundListener,
      address: networkAddress('0.0.0.0', capturePort),
      trafficDirection: core.TrafficDirection.OUTBOUND,
      useOriginalDst: true,
      maxConnectionsToAcceptPerSocketEvent: 1,
      accessLog: listenerAccessLogs(ir.settings),
    },
    chains: [
      blackHoleChain(ir.settings, 'virtualOutbound-blackhole', capturePort),
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
        routeTo(policy === 'allow-any' ? passthroughCluster : blackHoleCluster),
      ),
    }),
);
