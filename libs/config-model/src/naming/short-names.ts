import { isIpAddress } from './ip-address.js';

/**
 * The full name that a short host means: `reviews` written in namespace `default` is `reviews.default.svc.cluster.local`.
 * Names with a dot, wildcards and addresses are left as they are; without a domain the namespace alone is appended.
 */
export function resolveShortName(host: string, namespace: string, domain: string): string {
  if (host.includes('*') || host.includes('.') || isIpAddress(host)) return host;
  const withNamespace = namespace === '' ? host : `${host}.${namespace}`;
  return domain === '' ? withNamespace : `${withNamespace}.svc.${domain}`;
}

/** `namespace/host` with the host in full; `namespace` is where it was written, `scope` the namespace that it is about. */
export function renderScopedHost(
  scope: string,
  written: { readonly host: string; readonly namespace: string; readonly domain: string },
): string {
  return `${scope}/${resolveShortName(written.host, written.namespace, written.domain)}`;
}

/** The Kubernetes object that a host names: `foo.other.svc.cluster.local` is `foo` in `other`; `foo` is in the own one. */
export function serviceOfHost(
  host: string,
  namespace: string,
): { readonly namespace: string; readonly name: string } {
  const [name = host, ...rest] = host.split('.');
  return { name, namespace: rest[0] ?? namespace };
}
