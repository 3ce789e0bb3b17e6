import { clusterDomain } from './zone.js';

/** The resolver settings of a pod: short names are tried in its namespace first, as under Kubernetes. */
export function renderResolvConf(namespace: string, server: string): string {
  const search = [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain];
  return `nameserver ${server}\nsearch ${search.join(' ')}\noptions ndots:5\n`;
}
