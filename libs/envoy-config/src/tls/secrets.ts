import type { CredentialIr } from '@istio-ts/mesh-ir';
import { tls } from '@istio-ts/xds-types';
import { adsWithLimit, agentSds, externalSds } from '../config-source.js';

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

/** A credential that istiod holds and authorises per proxy, or that an SDS server of the user's own has. */
export function credential({ name, server }: CredentialIr): tls.SdsSecretConfig {
  return server === undefined
    ? tls.SdsSecretConfig.create({ name: `kubernetes://${name}`, sdsConfig: adsWithLimit })
    : tls.SdsSecretConfig.create({ name, sdsConfig: externalSds(server) });
}

function fromAgent(name: string): tls.SdsSecretConfig {
  return tls.SdsSecretConfig.create({ name, sdsConfig: agentSds });
}
