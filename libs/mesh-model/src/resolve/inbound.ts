import { memo, SortedMap } from '@istio-ts/foundation';
import {
  inboundClusterName,
  listenerName,
  virtualInboundListener,
  type CircuitBreakerIr,
  type ClusterIr,
  type InboundClusterIr,
  type InboundPortIr,
  type InboundProtocolIr,
  type ListenerIr,
  type UpstreamProtocolIr,
} from '@istio-ts/mesh-ir';
import type { ApplicationClass, ApplicationPort, InboundClass } from '../scope/inbound-class.js';
import type { MeshSettings } from '../settings/mesh-settings.js';

const loopback = '127.0.0.1';

const unlimited: CircuitBreakerIr = {
  maxConnections: undefined,
  maxPendingRequests: undefined,
  maxRequests: undefined,
  maxRetries: undefined,
};

/** Clusters towards the own application, by name. */
export const inboundClusters = memo(
  (settings: MeshSettings, proxyClass: ApplicationClass): SortedMap<ClusterIr> =>
    SortedMap.from(
      proxyClass.ports.map((port) => [
        inboundClusterName(port.targetPort),
        inboundCluster(port, proxyClass, settings),
      ]),
    ),
);

function inboundCluster(
  port: ApplicationPort,
  proxyClass: ApplicationClass,
  settings: MeshSettings,
): InboundClusterIr {
  return {
    kind: 'inbound',
    targetPort: port.targetPort,
    protocol: upstreamProtocol(port.protocol),
    services: port.services,
    address: applicationAddress(port, proxyClass, settings),
    circuitBreaker: unlimited,
    connectTimeoutMs: settings.connectTimeoutMs,
  };
}

/** undefined: where the captured call was going. */
function applicationAddress(
  { targetPort, applicationPort }: ApplicationPort,
  { captured, bind }: ApplicationClass,
  { inboundPolicy }: MeshSettings,
): InboundClusterIr['address'] {
  if (!captured) return { ip: bind === '0.0.0.0' ? loopback : bind, port: applicationPort };
  return inboundPolicy === 'localhost' ? { ip: loopback, port: targetPort } : undefined;
}

function upstreamProtocol(protocol: InboundProtocolIr): UpstreamProtocolIr {
  switch (protocol) {
    case 'http2':
    case 'grpc':
    case 'grpc-web':
      return 'http2';
    case 'auto':
      return 'downstream';
    case 'http':
    case 'tcp':
      return 'default';
  }
}

/** `virtualInbound` with all ports as chains; where nothing is captured, a bound listener a port. */
export const inboundListeners = memo(
  (settings: MeshSettings, proxyClass: InboundClass): SortedMap<ListenerIr> =>
    proxyClass.interception === 'none'
      ? SortedMap.from(proxyClass.ports.map(({ port }) => boundListener(port, proxyClass, settings)))
      : SortedMap.from([[virtualInboundListener, virtualInbound(proxyClass, settings)]]),
);

function boundListener(
  port: InboundPortIr,
  { bind }: InboundClass,
  { http }: MeshSettings,
): readonly [string, ListenerIr] {
  return [listenerName(bind, port.targetPort), { kind: 'inbound', bind, port, settings: http }];
}

function virtualInbound({ ports, modes, interception }: InboundClass, settings: MeshSettings): ListenerIr {
  const declared = new Set(ports.map(({ port }) => port.targetPort));
  return {
    kind: 'virtual-inbound',
    transparent: interception === 'tproxy',
    passthrough: modes.mode,
    passthroughPorts: modes.ports
      .filter(({ port }) => !declared.has(port))
      .map(({ port, mode }) => ({ port, mtls: mode })),
    passthroughPolicy: 'passthrough',
    ports: ports.map(({ port }) => port),
    settings: settings.http,
  };
}
