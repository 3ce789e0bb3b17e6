import type { Static } from '@sinclair/typebox';
import {
  flag,
  list,
  message,
  nullable,
  text,
  textMap,
  texts,
  uint32,
  words,
  type Rule,
} from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';

const tlsVersion = words('TLS_AUTO', 'TLSV1_0', 'TLSV1_1', 'TLSV1_2', 'TLSV1_3');

/** A server takes its certificates from one place; what these leave out, our checks say. */
const sources: readonly Rule[] = [
  atMostOneOf('tlsCertificates', 'credentialNames'),
  atMostOneOf('credentialName', 'credentialNames'),
];

const serverTlsFields = {
  httpsRedirect: flag,
  mode: words('PASSTHROUGH', 'SIMPLE', 'MUTUAL', 'AUTO_PASSTHROUGH', 'ISTIO_MUTUAL', 'OPTIONAL_MUTUAL'),
  serverCertificate: text,
  privateKey: text,
  caCertificates: text,
  caCrl: text,
  credentialName: text,
  credentialNames: list(text, { minItems: 1, maxItems: 2 }),
  caCertCredentialName: text,
  tlsCertificates: list(message({ serverCertificate: text, privateKey: text, caCertificates: text }), {
    minItems: 1,
    maxItems: 2,
  }),
  subjectAltNames: texts,
  verifyCertificateSpki: texts,
  verifyCertificateHash: texts,
  minProtocolVersion: tlsVersion,
  maxProtocolVersion: tlsVersion,
  cipherSuites: texts,
  ecdhCurves: texts,
  insecureSkipVerify: nullable(flag),
};

export type ServerTlsSettings = Static<typeof serverTlsSettings>;
export const serverTlsSettings = message(serverTlsFields, [], { rules: sources });

export type GatewayPort = Static<typeof gatewayPort>;
export const gatewayPort = message({ number: uint32, protocol: text, name: text, targetPort: uint32 }, [
  'number',
  'protocol',
  'name',
]);

export type GatewayServer = Static<typeof gatewayServer>;
export const gatewayServer = message(
  {
    port: gatewayPort,
    bind: text,
    hosts: texts,
    tls: serverTlsSettings,
    defaultEndpoint: text,
    name: text,
  },
  ['port', 'hosts'],
);

/** networking.istio.io Gateway, as written. */
export type GatewaySpec = Static<typeof gatewaySpec>;
export const gatewaySpec = message({ servers: list(gatewayServer), selector: textMap });
