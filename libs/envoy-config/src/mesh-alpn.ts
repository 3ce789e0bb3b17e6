/**
 * ALPN names by which mutual TLS of the mesh tells what it carries. All are accepted where filter chains are matched.
 * `istio-peer-exchange` is never offered by our proxies: a peer that agrees on it sends metadata ahead of the first bytes,
 * which no filter of a stock Envoy takes off again.
 */
export const meshAlpns = [
  'istio',
  'istio-peer-exchange',
  'istio-http/1.0',
  'istio-http/1.1',
  'istio-h2',
] as const;

/** Mesh TLS that carries HTTP. */
export const meshHttpAlpns = ['istio-http/1.0', 'istio-http/1.1', 'istio-h2'] as const;

/** Mesh TLS that carries anything else. */
export const meshTcpAlpns = ['istio-peer-exchange', 'istio'] as const;

/** What a server agrees on inside TLS. */
export const httpAlpns = ['h2', 'http/1.1'] as const;

/** What the HTTP inspector calls plain HTTP. */
export function plainHttpProtocols(acceptHttp10: boolean): readonly string[] {
  return acceptHttp10 ? ['http/1.0', 'http/1.1', 'h2c'] : ['http/1.1', 'h2c'];
}
