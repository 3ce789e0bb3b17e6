/** Who a workload is: `spiffe://<trust domain>/ns/<namespace>/sa/<service account>`. */
export interface SpiffeId {
  readonly trustDomain: string;
  readonly namespace: string;
  readonly serviceAccount: string;
}

const prefix = 'spiffe://';

export function renderSpiffeId({ trustDomain, namespace, serviceAccount }: SpiffeId): string {
  return `${prefix}${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
}

/** The id written in a URI, or undefined where it is not of Istio's form. */
export function parseSpiffeId(uri: string): SpiffeId | undefined {
  if (!uri.startsWith(prefix)) return undefined;
  const [trustDomain, ns, namespace, sa, serviceAccount, ...rest] = uri.slice(prefix.length).split('/');
  if (ns !== 'ns' || sa !== 'sa' || rest.length > 0) return undefined;
  if (!trustDomain || !namespace || !serviceAccount) return undefined;
  return { trustDomain, namespace, serviceAccount };
}
