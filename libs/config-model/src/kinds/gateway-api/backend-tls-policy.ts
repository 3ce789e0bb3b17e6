import type { Static } from '@sinclair/typebox';
import { list, openMessage, text, textMap, words } from '../../schema/builders.js';
import { gatewayObjectReference } from './references.js';

/** gateway.networking.k8s.io BackendTLSPolicy, as written: how clients check the certificate of a service. */
export type BackendTlsPolicySpec = Static<typeof backendTlsPolicySpec>;
export const backendTlsPolicySpec = openMessage(
  {
    targetRefs: list(
      openMessage({ group: text, kind: text, name: text, sectionName: text }, ['kind', 'name']),
    ),
    validation: openMessage(
      {
        caCertificateRefs: list(gatewayObjectReference),
        wellKnownCACertificates: text,
        hostname: text,
        subjectAltNames: list(
          openMessage({ type: words('Hostname', 'URI'), hostname: text, uri: text }, ['type']),
        ),
      },
      ['hostname'],
    ),
    options: textMap,
  },
  ['targetRefs', 'validation'],
);
