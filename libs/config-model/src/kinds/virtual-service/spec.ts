import type { Static } from '@sinclair/typebox';
import {
  bytes,
  double,
  duration,
  flag,
  int32,
  list,
  map,
  message,
  nullable,
  text,
  textMap,
  texts,
  uint32,
  words,
} from '../../schema/builders.js';

export type StringMatch = Static<typeof stringMatch>;
export const stringMatch = message({ exact: text, prefix: text, regex: text }, [], {
  oneof: [['exact', 'prefix', 'regex']],
});

export type PortSelector = Static<typeof portSelector>;
export const portSelector = message({ number: uint32 });

export type Percent = Static<typeof percent>;
/** `value` is 0.0 to 100.0. */
export const percent = message({ value: double });

export type Destination = Static<typeof destination>;
export const destination = message({ host: text, subset: text, port: portSelector }, ['host']);

export type HeaderOperations = Static<typeof headerOperations>;
export const headerOperations = message({ set: textMap, add: textMap, remove: texts });

export type Headers = Static<typeof headers>;
export const headers = message({ request: headerOperations, response: headerOperations });

export type HttpRouteDestination = Static<typeof httpRouteDestination>;
export const httpRouteDestination = message({ destination, weight: int32, headers }, ['destination']);

export type RouteDestination = Static<typeof routeDestination>;
export const routeDestination = message({ destination, weight: int32 }, ['destination']);

export type HttpMatchRequest = Static<typeof httpMatchRequest>;
export const httpMatchRequest = message({
  name: text,
  uri: stringMatch,
  scheme: stringMatch,
  method: stringMatch,
  authority: stringMatch,
  headers: map(stringMatch),
  withoutHeaders: map(stringMatch),
  queryParams: map(stringMatch),
  ignoreUriCase: flag,
  port: uint32,
  sourceLabels: textMap,
  sourceNamespace: text,
  gateways: texts,
  statPrefix: text,
});

export type HttpRedirect = Static<typeof httpRedirect>;
export const httpRedirect = message(
  {
    uri: text,
    prefixRewrite: text,
    authority: text,
    scheme: text,
    port: uint32,
    derivePort: words('FROM_PROTOCOL_DEFAULT', 'FROM_REQUEST_PORT'),
    redirectCode: uint32,
  },
  [],
  { oneof: [['port', 'derivePort']] },
);

export type HttpDirectResponse = Static<typeof httpDirectResponse>;
export const httpDirectResponse = message(
  { status: uint32, body: message({ string: text, bytes }, [], { oneof: [['string', 'bytes']] }) },
  ['status'],
);

export type HttpRewrite = Static<typeof httpRewrite>;
export const httpRewrite = message({
  uri: text,
  authority: text,
  uriRegexRewrite: message({ match: text, rewrite: text }),
});

export type HttpRetry = Static<typeof httpRetry>;
export const httpRetry = message({
  attempts: int32,
  perTryTimeout: duration,
  retryOn: text,
  retryRemoteLocalities: nullable(flag),
  retryIgnorePreviousHosts: nullable(flag),
  backoff: duration,
});

export type HttpFaultInjection = Static<typeof httpFaultInjection>;
export const httpFaultInjection = message({
  delay: message(
    { fixedDelay: duration, exponentialDelay: duration, percent: int32, percentage: percent },
    [],
    { oneof: [['fixedDelay', 'exponentialDelay']] },
  ),
  abort: message({ httpStatus: int32, grpcStatus: text, http2Error: text, percentage: percent }, [], {
    oneof: [['httpStatus', 'grpcStatus', 'http2Error']],
  }),
});

export type CorsPolicy = Static<typeof corsPolicy>;
export const corsPolicy = message({
  allowOrigin: texts,
  allowOrigins: list(stringMatch),
  allowMethods: texts,
  allowHeaders: texts,
  exposeHeaders: texts,
  maxAge: duration,
  allowCredentials: nullable(flag),
  unmatchedPreflights: words('UNSPECIFIED', 'FORWARD', 'IGNORE'),
});

export type HttpMirrorPolicy = Static<typeof httpMirrorPolicy>;
export const httpMirrorPolicy = message({ destination, percentage: percent }, ['destination']);

export type HttpRoute = Static<typeof httpRoute>;
export const httpRoute = message({
  name: text,
  match: list(httpMatchRequest),
  route: list(httpRouteDestination),
  redirect: httpRedirect,
  directResponse: httpDirectResponse,
  delegate: message({ name: text, namespace: text }),
  rewrite: httpRewrite,
  timeout: duration,
  retries: httpRetry,
  fault: httpFaultInjection,
  mirror: destination,
  mirrors: list(httpMirrorPolicy),
  mirrorPercentage: percent,
  mirrorPercent: nullable(uint32),
  mirror_percent: nullable(uint32),
  corsPolicy,
  headers,
});

export type TlsMatchAttributes = Static<typeof tlsMatchAttributes>;
export const tlsMatchAttributes = message(
  {
    sniHosts: texts,
    destinationSubnets: texts,
    port: uint32,
    sourceLabels: textMap,
    gateways: texts,
    sourceNamespace: text,
  },
  ['sniHosts'],
);

export type TlsRoute = Static<typeof tlsRoute>;
export const tlsRoute = message({ match: list(tlsMatchAttributes), route: list(routeDestination) }, [
  'match',
]);

export type L4MatchAttributes = Static<typeof l4MatchAttributes>;
export const l4MatchAttributes = message({
  destinationSubnets: texts,
  port: uint32,
  sourceSubnet: text,
  sourceLabels: textMap,
  gateways: texts,
  sourceNamespace: text,
});

export type TcpRoute = Static<typeof tcpRoute>;
export const tcpRoute = message({ match: list(l4MatchAttributes), route: list(routeDestination) });

/** networking.istio.io VirtualService, as written. */
export type VirtualServiceSpec = Static<typeof virtualServiceSpec>;
export const virtualServiceSpec = message({
  hosts: texts,
  gateways: texts,
  http: list(httpRoute),
  tls: list(tlsRoute),
  tcp: list(tcpRoute),
  exportTo: texts,
});
