import { join } from 'node:path';

/** The files of a pod relative to its root: the contract with whoever makes pods. */
export const podFiles = {
  token: 'var/run/secrets/tokens/istio-token',
  rootCert: 'var/run/secrets/istio/root-cert.pem',
  labels: 'etc/istio/pod/labels',
  annotations: 'etc/istio/pod/annotations',
  mesh: 'etc/istio/config/mesh',
  proxyDir: 'etc/istio/proxy',
  bootstrap: 'etc/istio/proxy/envoy-rev.json',
  envoyRecord: 'etc/istio/proxy/envoy.pid',
  xdsSocket: 'etc/istio/proxy/XDS',
  sdsSocket: 'var/run/secrets/workload-spiffe-uds/socket',
  mountedCertificates: 'etc/certs',
  extensions: 'etc/istio/extensions',
} as const;

export type PodFile = keyof typeof podFiles;

/** Where a pod's files are for a process whose working directory need not be the pod's root. */
export class PodRoot {
  constructor(readonly dir: string) {}

  path(file: PodFile): string {
    return join(this.dir, podFiles[file]);
  }

  /** A path as a configuration names it: absolute ones stay, relative ones are under the root. */
  resolve(path: string): string {
    return path.startsWith('/') ? path : join(this.dir, path);
  }
}
