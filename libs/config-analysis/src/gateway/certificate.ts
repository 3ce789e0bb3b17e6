import { labelsSubsetOf, type ServerTlsSettings } from '@istio-ts/config-model';
import { fullName } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { selectorOf, type Gateway } from './selected-pods.js';

const gatewaysByCertificate = defineIndex('Gateways by certificate', ['Gateway'], certificatesOf);

/** The gateway with the wider selector is the one that is told of each other: it shares its workload with it. */
export const certificateAnalyzer = defineAnalyzer({
  name: 'gateway.CertificateAnalyzer',
  summary: 'no two Gateways of one workload serve the same certificate',
  each: ['Gateway'],
  analyze: (gateway, world) => {
    const sharing = certificatesOf(gateway)
      .flatMap((certificate) => world.find(gatewaysByCertificate, certificate))
      .filter((other) => other !== gateway && labelsSubsetOf(selectorOf(gateway), selectorOf(other)));
    return [...new Set(sharing)].map((other) => {
      const gateways = [fullName(gateway), fullName(other)];
      return finding('GatewayDuplicateCertificate', gateway, { gateways }, ['spec', 'servers']);
    });
  },
});

function certificatesOf({ spec }: Gateway): readonly string[] {
  const written = (spec.servers ?? []).flatMap(({ tls }) => (tls === undefined ? [] : namesOf(tls)));
  return [...new Set(written)];
}

function namesOf(tls: ServerTlsSettings): readonly string[] {
  const { credentialName = '', credentialNames = [], serverCertificate = '', privateKey = '' } = tls;
  const named = [...credentialNames, credentialName].filter((name) => name !== '');
  if (named.length > 0) return named.map((name) => `secret ${name}`);
  return serverCertificate === '' ? [] : [`file ${serverCertificate} ${privateKey}`];
}
