import { secretNames } from '../bootstrap/sds-secret.js';
import { FileSecrets } from './file-secrets.js';
import { encodeCertificate, encodeRoots, type SecretStore } from './sds-server.js';
import type { SecretSource } from './workload-secret.js';

/** What this pod's Envoy may ask for: the workload's certificate, the roots of the mesh, and files of the pod. */
export function createPodSecrets(source: SecretSource, files: FileSecrets): SecretStore {
  return {
    get(name) {
      if (FileSecrets.isNameOfFiles(name)) return files.get(name);
      const secret = source.current();
      if (secret === undefined) return Promise.resolve(undefined);
      if (name === secretNames.workload) {
        return Promise.resolve(encodeCertificate(name, secret.chainPem, secret.privateKeyPem));
      }
      return Promise.resolve(name === secretNames.meshRoots ? encodeRoots(name, secret.rootPem) : undefined);
    },
    onChange(listener) {
      const stops = [source.onChange(listener), files.onChange(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
