import type { Static } from '@sinclair/typebox';
import { list, message, text, texts, uint32, words } from '../../schema/builders.js';
import { connectionPoolSettings } from '../destination-rule/traffic-policy.js';
import { serverTlsSettings } from '../gateway/spec.js';
import { destination } from '../virtual-service/spec.js';
import { labelsSelector } from '../workload-selector.js';

export type SidecarPort = Static<typeof sidecarPort>;
export const sidecarPort = message({ number: uint32, protocol: text, name: text, targetPort: uint32 });

const captureMode = words('DEFAULT', 'IPTABLES', 'NONE');

export type IstioEgressListener = Static<typeof egressListener>;
export const egressListener = message({ port: sidecarPort, bind: text, captureMode, hosts: texts }, [
  'hosts',
]);

export type IstioIngressListener = Static<typeof ingressListener>;
export const ingressListener = message(
  {
    port: sidecarPort,
    bind: text,
    captureMode,
    defaultEndpoint: text,
    tls: serverTlsSettings,
    connectionPool: connectionPoolSettings,
  },
  ['port'],
);

export type OutboundTrafficPolicy = Static<typeof outboundTrafficPolicy>;
export const outboundTrafficPolicy = message({
  mode: words('REGISTRY_ONLY', 'ALLOW_ANY'),
  egressProxy: destination,
});

/** networking.istio.io Sidecar, as written. */
export type SidecarSpec = Static<typeof sidecarSpec>;
export const sidecarSpec = message({
  workloadSelector: labelsSelector,
  ingress: list(ingressListener),
  egress: list(egressListener),
  inboundConnectionPool: connectionPoolSettings,
  outboundTrafficPolicy,
});
