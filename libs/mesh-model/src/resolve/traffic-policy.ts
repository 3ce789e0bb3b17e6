import {
  parseDurationMs,
  type ConnectionPoolSettings,
  type LoadBalancerSettings,
  type OutlierDetection,
  type TrafficPolicy,
} from '@istio-ts/config-model';
import { memo } from '@istio-ts/foundation';
import type {
  CircuitBreakerIr,
  OutlierDetectionIr,
  TcpKeepaliveIr,
  TrafficPolicyIr,
} from '@istio-ts/mesh-ir';
import type { MeshSettings } from '../settings/mesh-settings.js';
import { resolveLoadBalancing } from './load-balancing.js';

/** The four parts of a policy that levels override as wholes. */
export interface PolicyParts {
  readonly connectionPool?: ConnectionPoolSettings | undefined;
  readonly loadBalancer?: LoadBalancerSettings | undefined;
  readonly outlierDetection?: OutlierDetection | undefined;
  readonly tls?: TrafficPolicy['tls'];
  readonly proxyProtocol?: TrafficPolicy['proxyProtocol'];
}

/**
 * What holds for one port: each part of a subset's policy replaces that of the rule's. Settings for a port replace all
 * parts of their level; what they leave out is the default then, not the level's.
 */
export function mergePolicies(
  rule: TrafficPolicy | undefined,
  subset: TrafficPolicy | undefined,
  port: number,
): PolicyParts {
  return overlay(overlay({}, rule, port), subset, port);
}

function overlay(base: PolicyParts, policy: TrafficPolicy | undefined, port: number): PolicyParts {
  if (policy === undefined) return base;
  const proxyProtocol = policy.proxyProtocol ?? base.proxyProtocol;
  const own = policy.portLevelSettings?.find((settings) => settings.port?.number === port);
  if (own !== undefined) {
    const { connectionPool, loadBalancer, outlierDetection, tls } = own;
    return { connectionPool, loadBalancer, outlierDetection, tls, proxyProtocol };
  }
  return {
    connectionPool: policy.connectionPool ?? base.connectionPool,
    loadBalancer: policy.loadBalancer ?? base.loadBalancer,
    outlierDetection: policy.outlierDetection ?? base.outlierDetection,
    tls: policy.tls ?? base.tls,
    proxyProtocol,
  };
}

/** The policy of a cluster with every default filled in. */
export function resolveTrafficPolicy(parts: PolicyParts, settings: MeshSettings): TrafficPolicyIr {
  if (Object.values(parts).every((part) => part === undefined)) return defaultPolicy(settings);
  const { tcp, http } = parts.connectionPool ?? {};
  return {
    connectTimeoutMs: durationMs(tcp?.connectTimeout) ?? settings.connectTimeoutMs,
    loadBalancing: resolveLoadBalancing(parts.loadBalancer, settings),
    circuitBreaker: circuitBreakerOf(parts.connectionPool),
    outlierDetection: outlierDetectionOf(parts.outlierDetection),
    tcpKeepalive: keepaliveOf(tcp?.tcpKeepalive) ?? settings.tcpKeepalive,
    tcpIdleTimeoutMs: durationMs(tcp?.idleTimeout),
    maxConnectionDurationMs: durationMs(tcp?.maxConnectionDuration),
    http: {
      maxRequestsPerConnection: positive(http?.maxRequestsPerConnection),
      idleTimeoutMs: durationMs(http?.idleTimeout),
      maxConcurrentStreams: positive(http?.maxConcurrentStreams),
      useClientProtocol: http?.useClientProtocol ?? false,
    },
    proxyProtocol: parts.proxyProtocol && (parts.proxyProtocol.version === 'V2' ? 'v2' : 'v1'),
  };
}

const defaultPolicy = memo((settings: MeshSettings) =>
  resolveTrafficPolicy({ connectionPool: {} }, settings),
);

function circuitBreakerOf(pool: ConnectionPoolSettings | undefined): CircuitBreakerIr {
  return {
    maxConnections: positive(pool?.tcp?.maxConnections),
    maxPendingRequests: positive(pool?.http?.http1MaxPendingRequests),
    maxRequests: positive(pool?.http?.http2MaxRequests),
    maxRetries: positive(pool?.http?.maxRetries),
  };
}

function outlierDetectionOf(written: OutlierDetection | undefined): OutlierDetectionIr | undefined {
  return (
    written && {
      consecutive5xx: written.consecutive5xxErrors,
      consecutiveGatewayErrors: written.consecutiveGatewayErrors,
      consecutiveLocalOriginFailures: written.consecutiveLocalOriginFailures,
      splitExternalLocalOriginErrors: written.splitExternalLocalOriginErrors ?? false,
      intervalMs: durationMs(written.interval),
      baseEjectionTimeMs: durationMs(written.baseEjectionTime),
      maxEjectionPercent: positive(written.maxEjectionPercent),
      minHealthPercent: written.minHealthPercent ?? 0,
    }
  );
}

type Keepalive = NonNullable<ConnectionPoolSettings['tcp']>['tcpKeepalive'];

function keepaliveOf(written: Keepalive): TcpKeepaliveIr | undefined {
  return (
    written && {
      probes: positive(written.probes),
      timeMs: durationMs(written.time),
      intervalMs: durationMs(written.interval),
    }
  );
}

/** Durations are checked where objects are accepted. */
export function durationMs(written: string | undefined): number | undefined {
  return written === undefined ? undefined : parseDurationMs(written);
}

/** In these fields 0 means "not set". */
export function positive(value: number | undefined): number | undefined {
  return value === undefined || value <= 0 ? undefined : value;
}
