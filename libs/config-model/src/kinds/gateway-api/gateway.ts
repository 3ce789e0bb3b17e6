import type { Static } from '@sinclair/typebox';
import { anyObject, list, openMessage, text, textMap, uint32, words } from '../../schema/builders.js';
import { labelSelector } from '../deployment/spec.js';
import { gatewayObjectReference } from './references.js';

const parametersRef = openMessage({ group: text, kind: text, name: text, namespace: text }, ['kind', 'name']);

/** gateway.networking.k8s.io GatewayClass, as written. */
export type GatewayClassSpec = Static<typeof gatewayClassSpec>;
export const gatewayClassSpec = openMessage({ controllerName: text, parametersRef, description: text }, [
  'controllerName',
]);

export type KubernetesListener = Static<typeof listener>;
const listener = openMessage(
  {
    name: text,
    hostname: text,
    port: uint32,
    protocol: text,
    tls: openMessage({
      mode: words('Terminate', 'Passthrough'),
      certificateRefs: list(gatewayObjectReference),
      frontendValidation: openMessage({ caCertificateRefs: list(gatewayObjectReference) }),
      options: textMap,
    }),
    allowedRoutes: openMessage({
      namespaces: openMessage({ from: words('All', 'Selector', 'Same', 'None'), selector: labelSelector }),
      kinds: list(openMessage({ group: text, kind: text }, ['kind'])),
    }),
  },
  ['name', 'port', 'protocol'],
);

/** gateway.networking.k8s.io Gateway, as written. */
export type KubernetesGatewaySpec = Static<typeof kubernetesGatewaySpec>;
export const kubernetesGatewaySpec = openMessage(
  {
    gatewayClassName: text,
    listeners: list(listener),
    addresses: list(openMessage({ type: text, value: text })),
    infrastructure: openMessage({ labels: textMap, annotations: textMap, parametersRef }),
    backendTLS: openMessage({ clientCertificateRef: gatewayObjectReference }),
    allowedListeners: anyObject,
  },
  ['gatewayClassName'],
);
