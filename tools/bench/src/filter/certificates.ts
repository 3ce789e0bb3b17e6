import {
  createCertificateRequest,
  createKeyPair,
  createRootMaterial,
  createSelfSignedAuthority,
  noSubjectNames,
  renderPrivateKeyPem,
} from '@istio-ts/pki';
import type { JsonObject } from '@istio-ts/xds-types';
import { systemClock } from '../run/system-clock.js';
import { trustDomain, type Pod } from './shop.js';

const lifeMs = 24 * 3_600_000;

/** Issues what the agent would give each Envoy: its certificate and the root of the mesh, as static secrets. */
export async function createSecretIssuer(): Promise<(pod: Pod) => Promise<readonly JsonObject[]>> {
  const root = await createRootMaterial(trustDomain, systemClock);
  const authority = await createSelfSignedAuthority(root, { clock: systemClock });
  return async ({ namespace, workload }) => {
    const keyPair = await createKeyPair();
    const request = await createCertificateRequest(keyPair, noSubjectNames);
    const identity = { trustDomain, namespace, serviceAccount: workload };
    const chain = await authority.sign(request, identity, lifeMs);
    return [
      {
        name: 'default',
        tls_certificate: {
          certificate_chain: { inline_string: chain.join('') },
          private_key: { inline_string: await renderPrivateKeyPem(keyPair) },
        },
      },
      { name: 'ROOTCA', validation_context: { trusted_ca: { inline_string: root.certificatePem } } },
    ];
  };
}
