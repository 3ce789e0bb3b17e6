import { virtualInboundListener, type MtlsMode, type VirtualInboundListenerIr } from '@istio-ts/mesh-ir';
import { core, durationFromMs, type listener } from '@istio-ts/xds-types';
import { networkAddress } from '../address.js';
import { listenerAccessLogs } from './access-log.js';
import { blackHoleChain } from './black-hole-chain.js';
import type { ListenerParts } from './encode-listener.js';
import { passthroughChains, portChains } from './inbound-chain.js';
import {
  detectsHttp,
  inboundMatches,
  inboundTraffic,
  readsClientHello,
  type InboundTraffic,
} from './inbound-match.js';
import {
  httpInspection,
  inboundTlsInspection,
  inspectorWhereNeeded,
  originalDestination,
  originalSource,
  otherPorts,
} from './listener-filters.js';

const capturePort = 15006;

/** Takes captured calls to the application, whatever their port. */
export function virtualInboundListenerParts(ir: VirtualInboundListenerIr): ListenerParts {
  return {
    shell: {
      name: virtualInboundListener,
      address: networkAddress('0.0.0.0', capturePort),
      trafficDirection: core.TrafficDirection.INBOUND,
      transparent: ir.transparent ? true : undefined,
      listenerFilters: listenerFilters(ir),
      listenerFiltersTimeout: durationFromMs(0),
      continueOnListenerFiltersTimeout: true,
      maxConnectionsToAcceptPerSocketEvent: 1,
      accessLog: listenerAccessLogs(ir.settings),
    },
    chains: [
      blackHoleChain(ir.settings, 'virtualInbound-blackhole', capturePort),
      ...passthroughChains(ir),
      ...ir.ports.flatMap((port) => portChains(port, ir.settings, true)),
    ],
  };
}

function listenerFilters(ir: VirtualInboundListenerIr): readonly listener.ListenerFilter[] {
  const needs = inspectionNeeds(ir);
  const inspectors = [
    inspectorWhereNeeded(inboundTlsInspection, needs.tls),
    inspectorWhereNeeded(httpInspection, needs.http),
  ];
  return [
    originalDestination,
    ...(ir.transparent ? [originalSource] : []),
    ...inspectors.filter((inspector) => inspector !== undefined),
  ];
}

interface InspectionNeeds {
  readonly tls: ReadonlyMap<number, boolean>;
  readonly http: ReadonlyMap<number, boolean>;
}

/** Which inspectors the chains of each port ask for. */
function inspectionNeeds(ir: VirtualInboundListenerIr): InspectionNeeds {
  const tls = new Map([[capturePort, false]]);
  const http = new Map([[capturePort, false]]);
  const add = (port: number, mode: MtlsMode, traffic: InboundTraffic) => {
    const matches = inboundMatches(mode, traffic, ir.settings.acceptHttp10);
    tls.set(port, readsClientHello(matches));
    http.set(port, detectsHttp(matches));
  };
  add(otherPorts, ir.passthrough, 'detected');
  for (const { port, mtls } of ir.passthroughPorts) add(port, mtls, 'detected');
  for (const { targetPort, mtls, protocol } of ir.ports) add(targetPort, mtls, inboundTraffic(protocol));
  return { tls, http };
}
