import type { Static } from '@sinclair/typebox';
import {
  anyObject,
  double,
  duration,
  flag,
  int32,
  list,
  map,
  message,
  text,
  textMap,
  texts,
  uint32,
  words,
} from '../schema/builders.js';
import { clientTlsSettings, tcpKeepalive } from '../kinds/destination-rule/traffic-policy.js';
import { probe } from '../kinds/pod/container.js';

const remoteService = message({ address: text, tlsSettings: clientTlsSettings, tcpKeepalive });

const customTag = message(
  {
    literal: message({ value: text }),
    environment: message({ name: text, defaultValue: text }),
    header: message({ name: text, defaultValue: text }),
    formatter: message({ value: text }),
  },
  [],
  { oneof: [['literal', 'environment', 'header', 'formatter']] },
);

export type Tracing = Static<typeof tracing>;
export const tracing = message(
  {
    zipkin: message({ address: text }),
    lightstep: message({ address: text, accessToken: text }),
    datadog: message({ address: text }),
    stackdriver: message({
      debug: flag,
      maxNumberOfAttributes: int32,
      maxNumberOfAnnotations: int32,
      maxNumberOfMessageEvents: int32,
    }),
    openCensusAgent: message({ address: text, context: list(text) }),
    customTags: map(customTag),
    maxPathTagLength: uint32,
    sampling: double,
    tlsSettings: clientTlsSettings,
    enableIstioTags: flag,
  },
  [],
  { oneof: [['zipkin', 'lightstep', 'datadog', 'stackdriver', 'openCensusAgent']] },
);

const toggle = message({ disabled: flag });

export type ProxyHeaders = Static<typeof proxyHeaders>;
export const proxyHeaders = message({
  forwardedClientCert: words(
    'UNDEFINED',
    'SANITIZE',
    'FORWARD_ONLY',
    'APPEND_FORWARD',
    'SANITIZE_SET',
    'ALWAYS_FORWARD_ONLY',
  ),
  setCurrentClientCertDetails: message({ subject: flag, cert: flag, chain: flag, dns: flag, uri: flag }),
  requestId: toggle,
  server: message({ disabled: flag, value: text }),
  attemptCount: toggle,
  envoyDebugHeaders: toggle,
  metadataExchangeHeaders: message({ mode: words('UNDEFINED', 'IN_MESH') }),
  preserveHttp1HeaderCase: flag,
  xForwardedHost: message({ enabled: flag }),
  xForwardedPort: message({ enabled: flag }),
});

const privateKeyProvider = message(
  {
    cryptomb: message({ pollDelay: duration, fallback: flag }),
    qat: message({ pollDelay: duration, fallback: flag }),
  },
  [],
  { oneof: [['cryptomb', 'qat']] },
);

/** A proxy's own settings: `meshConfig.defaultConfig` and the annotation `proxy.istio.io/config`. */
export type ProxySettings = Static<typeof proxySettings>;
export const proxySettings = message({
  configPath: text,
  binaryPath: text,
  serviceCluster: text,
  tracingServiceName: words('APP_LABEL_AND_NAMESPACE', 'CANONICAL_NAME_ONLY', 'CANONICAL_NAME_AND_NAMESPACE'),
  drainDuration: duration,
  parentShutdownDuration: duration,
  discoveryAddress: text,
  discoveryRefreshDelay: duration,
  zipkinAddress: text,
  statsdUdpAddress: text,
  envoyMetricsServiceAddress: text,
  proxyAdminPort: int32,
  availabilityZone: text,
  controlPlaneAuthPolicy: words('NONE', 'MUTUAL_TLS'),
  customConfigFile: text,
  statNameLength: int32,
  concurrency: int32,
  proxyBootstrapTemplatePath: text,
  interceptionMode: words('REDIRECT', 'TPROXY', 'NONE'),
  tracing,
  sds: anyObject,
  envoyAccessLogService: remoteService,
  envoyMetricsService: remoteService,
  proxyMetadata: textMap,
  runtimeValues: textMap,
  statusPort: int32,
  extraStatTags: texts,
  gatewayTopology: message({
    numTrustedProxies: uint32,
    forwardClientCertDetails: words(
      'UNDEFINED',
      'SANITIZE',
      'FORWARD_ONLY',
      'APPEND_FORWARD',
      'SANITIZE_SET',
      'ALWAYS_FORWARD_ONLY',
    ),
    proxyProtocol: anyObject,
  }),
  terminationDrainDuration: duration,
  meshId: text,
  readinessProbe: probe,
  proxyStatsMatcher: message({
    inclusionPrefixes: texts,
    inclusionSuffixes: texts,
    inclusionRegexps: texts,
  }),
  holdApplicationUntilProxyStarts: flag,
  caCertificatesPem: texts,
  image: message({ imageType: text }),
  privateKeyProvider,
  proxyHeaders,
  fileFlushInterval: duration,
  fileFlushMinSizeKb: uint32,
  statsCompression: flag,
  statsEvictionInterval: duration,
  connectionSettings: message({
    profile: words('UNSET', 'DEFAULT', 'EDGE'),
    listenerPerConnectionBufferLimitBytes: int32,
    httpIdleTimeout: duration,
    httpMaxConcurrentStreams: int32,
    http2InitialStreamWindowSize: int32,
    http2InitialConnectionWindowSize: int32,
  }),
});
