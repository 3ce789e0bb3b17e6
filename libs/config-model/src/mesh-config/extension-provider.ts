import type { Static } from '@sinclair/typebox';
import {
  anyObject,
  duration,
  flag,
  int32,
  list,
  message,
  text,
  textMap,
  texts,
  uint32,
} from '../schema/builders.js';

const service = { service: text, port: uint32 };
const tagLength = { maxTagLength: uint32 };

const authzCommon = {
  ...service,
  timeout: duration,
  failOpen: flag,
  clearRouteCache: flag,
  statusOnError: text,
  includeRequestBodyInCheck: message({
    maxRequestBytes: uint32,
    allowPartialMessage: flag,
    packAsBytes: flag,
  }),
};

const grpcSettings = {
  timeout: duration,
  initialMetadata: list(message({ name: text, value: text, envName: text })),
};

const httpExporter = message({ path: text, timeout: duration, headers: list(anyObject) });

const grpcLogService = {
  ...service,
  logName: text,
  filterStateObjectsToLog: texts,
};

/** One entry of `meshConfig.extensionProviders`: a name, and exactly one provider. */
export type ExtensionProvider = Static<typeof extensionProvider>;
export const extensionProvider = message({
  name: text,
  envoyExtAuthzHttp: message({
    ...authzCommon,
    pathPrefix: text,
    includeHeadersInCheck: texts,
    includeRequestHeadersInCheck: texts,
    includeAdditionalHeadersInCheck: textMap,
    headersToUpstreamOnAllow: texts,
    headersToDownstreamOnDeny: texts,
    headersToDownstreamOnAllow: texts,
  }),
  envoyExtAuthzGrpc: message(authzCommon),
  zipkin: message({
    ...service,
    ...tagLength,
    enable64bitTraceId: flag,
    path: text,
    traceContextOption: text,
    timeout: duration,
    headers: list(anyObject),
  }),
  lightstep: message({ ...service, ...tagLength, accessToken: text }),
  datadog: message({ ...service, ...tagLength }),
  stackdriver: message({
    debug: flag,
    maxNumberOfAttributes: int32,
    maxNumberOfAnnotations: int32,
    maxNumberOfMessageEvents: int32,
    ...tagLength,
    logging: message({ labels: textMap }),
  }),
  opencensus: message({ ...service, ...tagLength, context: texts }),
  skywalking: message({ ...service, accessToken: text }),
  opentelemetry: message({
    ...service,
    ...tagLength,
    http: httpExporter,
    grpc: message(grpcSettings),
    resourceDetectors: anyObject,
    dynatraceSampler: anyObject,
    serviceAttributeEnrichment: text,
  }),
  prometheus: message({}),
  envoyFileAccessLog: message({
    path: text,
    logFormat: message({ text, labels: anyObject }, [], { oneof: [['text', 'labels']] }),
    omitEmptyValues: flag,
  }),
  envoyHttpAls: message({
    ...grpcLogService,
    additionalRequestHeadersToLog: texts,
    additionalResponseHeadersToLog: texts,
    additionalResponseTrailersToLog: texts,
  }),
  envoyTcpAls: message(grpcLogService),
  envoyOtelAls: message({
    ...service,
    logName: text,
    logFormat: message({ text, labels: anyObject }),
  }),
  sds: message({ name: text, ...service }),
});
