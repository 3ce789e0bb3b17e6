/** Who a workload is: `spiffe://<trust domain>/ns/<namespace>/sa/<service account>`. */
export interface SpiffeId {
  readonly trustDomain: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

const prefix = 'spiffe://';

/** A trust domain as it stands in identities: `@`, which projects of clouds have in their names, would begin a host there. */
export function asTrustDomain(written: string): string {
  return written.replaceAll('@', '.');
}

export function renderSpiffeId({ trustDomain, namespace, serviceAccount }: SpiffeId): string {
  return `${prefix}${asTrustDomain(trustDomain)}/ns/${namespace}/sa/${serviceAccount}`;
}

/** The id written in a URI, or undefined where it is not of Istio's form. */
export function parseSpiffeId(uri: string): SpiffeId | undefined {
  if (!uri.startsWith(prefix)) return undefined;
  const [trustDomain, ns, namespace, sa, serviceAccount, ...rest] = uri.slice(prefix.length).split('/');
  if (ns !== 'ns' || sa !== 'sa' || rest.length > 0) return undefined;
  if (!trustDomain || !namespace || !serviceAccount) return undefined;
  return { trustDomain, namespace, serviceAccount };
}
