/**
 * Resource names that both fences must agree on: mesh-model uses them as keys and references, envoy-config as names on
 * the wire. They are Istio's own.
 */
export const blackHoleCluster = 'BlackHoleCluster';
export const passthroughCluster = 'PassthroughCluster';
export const inboundPassthroughCluster = 'InboundPassthroughCluster';
export const dynamicDnsCluster = 'AllowAnyDynamicDNSCluster';
export const virtualOutboundListener = 'virtualOutbound';
export const virtualInboundListener = 'virtualInbound';
export const httpProxyRouteConfig = 'http_proxy';

/** `outbound|9080|v2|reviews.default.svc.cluster.local` */
export function outboundClusterName(host: string, port: number, subset = ''): string {
  return `outbound|${port}|${subset}|${host}`;
}

/** `outbound_.9080_.v2_.reviews.default.svc.cluster.local`: the form that fits into an SNI. */
export function outboundSniName(host: string, port: number, subset = ''): string {
  return `outbound_.${port}_.${subset}_.${host}`;
}

/** `inbound|8080||` */
export function inboundClusterName(targetPort: number): string {
  return `inbound|${targetPort}||`;
}

/** `0.0.0.0_8080` */
export function listenerName(bind: string, port: number): string {
  return `${bind}_${port}`;
}

/** `http.8080` */
export function gatewayHttpRouteConfigName(port: number): string {
  return `http.${port}`;
}

/** `https.443.https.coolstore-gateway.istioinaction` */
export function gatewayHttpsRouteConfigName(
  port: number,
  portName: string,
  gateway: { readonly name: string; readonly namespace: string },
): string {
  return `https.${port}.${portName}.${gateway.name}.${gateway.namespace}`;
}

/** `reviews.default.svc.cluster.local:9080` */
export function virtualHostName(host: string, port: number): string {
  return `${host}:${port}`;
}
