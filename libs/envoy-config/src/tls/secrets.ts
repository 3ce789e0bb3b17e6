import { tls } from '@istio-ts/xds-types';
import { adsWithLimit, agentSds } from '../config-source.js';

/** Certificate and key of the workload, from the agent. */
export const workloadCertificate = fromAgent('default');

/** Root certificates of the mesh, from the agent. */
export const meshRoots = fromAgent('ROOTCA');

/** The roots of the operating system, from the agent. */
export const systemRoots = fromAgent('file-root:system');

/** Certificate files beside the proxy, read by the agent. */
export function certificateFiles(certificate: string, key: string): tls.SdsSecretConfig {
  return fromAgent(`file-cert:${certificate}~${key}`);
}

export function rootFile(ca: string): tls.SdsSecretConfig {
  return fromAgent(`file-root:${ca}`);
}

/** A credential that istiod holds and authorises per proxy. */
export function credential(name: string): tls.SdsSecretConfig {
  return tls.SdsSecretConfig.create({ name: `kubernetes://${name}`, sdsConfig: adsWithLimit });
}

/** The authorities that belong to a credential. */
export function credentialRoots(name: string): tls.SdsSecretConfig {
  return credential(`${name}-cacert`);
}

function fromAgent(name: string): tls.SdsSecretConfig {
  return tls.SdsSecretConfig.create({ name, sdsConfig: agentSds });
}
