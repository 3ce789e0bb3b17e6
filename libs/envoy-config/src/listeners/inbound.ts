import { listenerName, type InboundListenerIr } from '@istio-ts/mesh-ir';
import { core, durationFromMs } from '@istio-ts/xds-types';
import { networkAddress } from '../address.js';
import { listenerAccessLogs } from './access-log.js';
import type { ListenerParts } from './encode-listener.js';
import { portChains } from './inbound-chain.js';
import { detectsHttp, inboundMatches, inboundTraffic, readsClientHello } from './inbound-match.js';
import { httpInspection, inboundTlsInspection } from './listener-filters.js';

/** One declared port of an application whose traffic is not captured: bound, and forwarded to where it really listens. */
export function inboundListener({ bind, port, settings }: InboundListenerIr): ListenerParts {
  const matches = inboundMatches(port.mtls, inboundTraffic(port.protocol), settings.acceptHttp10);
  const inspectors = [
    ...(readsClientHello(matches) ? [inboundTlsInspection] : []),
    ...(detectsHttp(matches) ? [httpInspection] : []),
  ];
  return {
    shell: {
      name: listenerName(bind, port.targetPort),
      address: networkAddress(bind, port.targetPort),
      trafficDirection: core.TrafficDirection.INBOUND,
      listenerFilters: inspectors,
      listenerFiltersTimeout: durationFromMs(0),
      continueOnListenerFiltersTimeout: true,
      maxConnectionsToAcceptPerSocketEvent: 1,
      accessLog: listenerAccessLogs(settings),
    },
    chains: portChains(port, settings, false),
  };
}
