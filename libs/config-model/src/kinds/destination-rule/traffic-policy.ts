import type { Static } from '@sinclair/typebox';
import {
  doubleOf,
  duration,
  durationOrZero,
  flag,
  int32,
  integer,
  list,
  map,
  message,
  nullable,
  text,
  texts,
  uint32,
  uint64,
  words,
} from '../../schema/builders.js';
import { portSelector } from '../virtual-service/spec.js';

export type TcpKeepalive = Static<typeof tcpKeepalive>;
export const tcpKeepalive = message({ probes: uint32, time: duration, interval: duration });

export type TcpSettings = Static<typeof tcpSettings>;
export const tcpSettings = message({
  maxConnections: int32,
  connectTimeout: duration,
  tcpKeepalive,
  maxConnectionDuration: duration,
  idleTimeout: durationOrZero,
});

export type HttpSettings = Static<typeof httpSettings>;
export const httpSettings = message({
  http1MaxPendingRequests: int32,
  http2MaxRequests: int32,
  maxRequestsPerConnection: int32,
  maxRetries: int32,
  idleTimeout: duration,
  h2UpgradePolicy: words('DEFAULT', 'DO_NOT_UPGRADE', 'UPGRADE'),
  useClientProtocol: flag,
  maxConcurrentStreams: int32,
  http2KeepAlive: message({ interval: duration, timeout: duration }),
});

export type ConnectionPoolSettings = Static<typeof connectionPoolSettings>;
export const connectionPoolSettings = message({ tcp: tcpSettings, http: httpSettings });

export type LocalityFailover = Static<typeof localityFailover>;
export const localityFailover = message({ from: text, to: text });

export type LocalityLoadBalancerSetting = Static<typeof localityLbSetting>;
export const localityLbSetting = message({
  distribute: list(message({ from: text, to: map(uint32) })),
  failover: list(localityFailover),
  failoverPriority: texts,
  enabled: nullable(flag),
});

export type ConsistentHashLb = Static<typeof consistentHash>;
export const consistentHash = message(
  {
    httpHeaderName: text,
    httpCookie: message(
      {
        name: text,
        path: text,
        ttl: durationOrZero,
        attributes: list(message({ name: text, value: text }, ['name'])),
      },
      ['name'],
    ),
    useSourceIp: flag,
    httpQueryParameterName: text,
    ringHash: message({ minimumRingSize: uint64 }),
    maglev: message({ tableSize: uint64 }),
    minimumRingSize: uint64,
  },
  [],
  {
    oneof: [
      ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'],
      ['ringHash', 'maglev'],
    ],
  },
);

export type WarmupConfiguration = Static<typeof warmup>;
export const warmup = message(
  {
    duration,
    minimumPercent: nullable(doubleOf({ minimum: 0, maximum: 100 })),
    aggression: nullable(doubleOf({ minimum: 0 })),
  },
  ['duration'],
);

export type LoadBalancerSettings = Static<typeof loadBalancerSettings>;
export const loadBalancerSettings = message(
  {
    simple: words('UNSPECIFIED', 'LEAST_CONN', 'RANDOM', 'PASSTHROUGH', 'ROUND_ROBIN', 'LEAST_REQUEST'),
    consistentHash,
    backendUtilization: message({
      weightUpdatePeriod: durationOrZero,
      weightExpirationPeriod: durationOrZero,
      weightStabilizationPeriod: durationOrZero,
      errorUtilizationPenaltyPercent: uint32,
      metricNamesForComputingUtilization: texts,
    }),
    localityLbSetting,
    zoneAwareLbSetting: message({
      failover: list(localityFailover),
      failoverPriority: texts,
      enabled: nullable(flag),
      minClusterSize: nullable(integer(1, 4_294_967_295)),
    }),
    warmupDurationSecs: duration,
    warmup,
  },
  [],
  { oneof: [['simple', 'consistentHash', 'backendUtilization']] },
);

export type OutlierDetection = Static<typeof outlierDetection>;
export const outlierDetection = message({
  consecutiveErrors: int32,
  splitExternalLocalOriginErrors: flag,
  consecutiveLocalOriginFailures: nullable(uint32),
  consecutiveGatewayErrors: nullable(uint32),
  consecutive5xxErrors: nullable(uint32),
  interval: duration,
  baseEjectionTime: duration,
  maxEjectionPercent: int32,
  minHealthPercent: int32,
  outlierDetectionHttpErrorCodes: list(integer(100, 599)),
});

export type ClientTlsSettings = Static<typeof clientTlsSettings>;
export const clientTlsSettings = message({
  mode: words('DISABLE', 'SIMPLE', 'MUTUAL', 'ISTIO_MUTUAL'),
  clientCertificate: text,
  privateKey: text,
  caCertificates: text,
  credentialName: text,
  subjectAltNames: texts,
  sni: text,
  insecureSkipVerify: nullable(flag),
  caCrl: text,
});

const portPolicyFields = {
  loadBalancer: loadBalancerSettings,
  connectionPool: connectionPoolSettings,
  outlierDetection,
  tls: clientTlsSettings,
};

export type PortTrafficPolicy = Static<typeof portTrafficPolicy>;
export const portTrafficPolicy = message({ port: portSelector, ...portPolicyFields });

export type TrafficPolicy = Static<typeof trafficPolicy>;
export const trafficPolicy = message({
  ...portPolicyFields,
  portLevelSettings: list(portTrafficPolicy, { maxItems: 4096 }),
  tunnel: message({ protocol: text, targetHost: text, targetPort: uint32 }, ['targetHost', 'targetPort']),
  proxyProtocol: message({ version: words('V1', 'V2') }),
  retryBudget: message({
    percent: nullable(doubleOf({ minimum: 0, maximum: 100 })),
    minRetryConcurrency: uint32,
    budgetInterval: durationOrZero,
  }),
});
