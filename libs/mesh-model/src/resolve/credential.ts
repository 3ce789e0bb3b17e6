import { outboundClusterName, type CredentialIr } from '@istio-ts/mesh-ir';
import type { ServicePort } from '../settings/mesh-settings.js';

const externalPrefix = 'sds://';
const rootsSuffix = '-cacert';

/** Whether a credential's name says that an SDS server of the user's own has it. */
export function isExternalCredential(name: string): boolean {
  return name.startsWith(externalPrefix);
}

/**
 * Where a credential comes from: the control plane, or by `sds://NAME` the server that the mesh's configuration names. With
 * no such server the name is the control plane's as it stands, which knows none like it.
 */
export function resolveCredential(name: string, sds: ServicePort | undefined): CredentialIr {
  return isExternalCredential(name) && sds !== undefined
    ? { name: name.slice(externalPrefix.length), server: outboundClusterName(sds.host, sds.port) }
    : { name, server: undefined };
}

/** The authorities that belong to a credential, from the same place. */
export function resolveRoots(name: string, sds: ServicePort | undefined): CredentialIr {
  return resolveCredential(`${name}${rootsSuffix}`, sds);
}
