import { encodeCertificate, encodeRoots, type SecretStore } from './sds-server.js';
import type { SecretSource } from './workload-secret.js';

/** The workload's own certificate, and the roots of the mesh. */
export const workloadSecretName = 'default';
export const rootSecretName = 'ROOTCA';

/** What this pod's Envoy may ask for. */
export function createPodSecrets(source: SecretSource): SecretStore {
  return {
    get(name) {
      const secret = source.current();
      if (secret === undefined) return Promise.resolve(undefined);
      if (name === workloadSecretName) {
        return Promise.resolve(encodeCertificate(name, secret.chainPem, secret.privateKeyPem));
      }
      return Promise.resolve(name === rootSecretName ? encodeRoots(name, secret.rootPem) : undefined);
    },
    onChange: (listener) => source.onChange(listener),
  };
}
