import type { CredentialIr } from './credential-ir.js';
import type { LoadAssignmentIr } from './endpoint-ir.js';
import type { OriginIr, ServiceRefIr } from './origin-ir.js';

export type ClusterIr = OutboundClusterIr | InboundClusterIr | FixedClusterIr | DynamicDnsClusterIr;

/** A cluster towards a service port, whole or a subset. Its name follows from host, port and subset. */
export interface OutboundClusterIr {
  readonly kind: 'outbound';
  readonly host: string;
  readonly port: number;
  /** '' for the whole service. */
  readonly subset: string;
  readonly discovery: DiscoveryIr;
  /** What the destination speaks: decides HTTP protocol options and ALPN. */
  readonly protocol: UpstreamProtocolIr;
  readonly services: readonly ServiceRefIr[];
  /** The DestinationRule in force. */
  readonly origin: OriginIr | undefined;
  readonly external: boolean;
  readonly policy: TrafficPolicyIr;
  readonly tls: ClientTlsIr;
}

export type UpstreamProtocolIr =
  /** HTTP/1.1, or no HTTP at all: no protocol options. */
  | 'default'
  | 'http2'
  /** Follows what the caller speaks (undeclared ports on sidecars). */
  | 'downstream';

export type DiscoveryIr =
  | { readonly kind: 'eds' }
  | { readonly kind: 'original-dst' }
  /** Each request or connection names its host, which the proxy looks up. */
  | { readonly kind: 'dynamic-dns'; readonly refreshMs: number }
  | { readonly kind: 'strict-dns'; readonly endpoints: LoadAssignmentIr; readonly refreshMs: number }
  | { readonly kind: 'logical-dns'; readonly endpoints: LoadAssignmentIr; readonly refreshMs: number };

/** Connection pool, load balancing and outlier detection after all inheritance: nothing is left to look up. */
export interface TrafficPolicyIr {
  readonly connectTimeoutMs: number;
  readonly loadBalancing: LoadBalancingIr;
  readonly circuitBreaker: CircuitBreakerIr;
  readonly outlierDetection: OutlierDetectionIr | undefined;
  readonly tcpKeepalive: TcpKeepaliveIr | undefined;
  readonly tcpIdleTimeoutMs: number | undefined;
  readonly maxConnectionDurationMs: number | undefined;
  readonly http: HttpPoolIr;
  readonly proxyProtocol: 'v1' | 'v2' | undefined;
}

export type LoadBalancingIr =
  | { readonly kind: 'least-request' | 'round-robin'; readonly warmup: WarmupIr | undefined }
  | { readonly kind: 'random' | 'passthrough' }
  | { readonly kind: 'ring-hash'; readonly hash: HashKeyIr; readonly minimumRingSize: number | undefined }
  | { readonly kind: 'maglev'; readonly hash: HashKeyIr; readonly tableSize: number | undefined };

export interface WarmupIr {
  readonly durationMs: number;
  readonly minimumPercent: number;
  readonly aggression: number;
}

export type HashKeyIr =
  | { readonly kind: 'header'; readonly name: string }
  | {
      readonly kind: 'cookie';
      readonly name: string;
      readonly path: string;
      readonly ttlMs: number | undefined;
    }
  | { readonly kind: 'source-ip' }
  | { readonly kind: 'query-parameter'; readonly name: string };

/** undefined is "no limit" (4294967295 on the wire). */
export interface CircuitBreakerIr {
  readonly maxConnections: number | undefined;
  readonly maxPendingRequests: number | undefined;
  readonly maxRequests: number | undefined;
  readonly maxRetries: number | undefined;
}

export interface OutlierDetectionIr {
  readonly consecutive5xx: number | undefined;
  readonly consecutiveGatewayErrors: number | undefined;
  readonly consecutiveLocalOriginFailures: number | undefined;
  readonly splitExternalLocalOriginErrors: boolean;
  readonly intervalMs: number | undefined;
  readonly baseEjectionTimeMs: number | undefined;
  readonly maxEjectionPercent: number | undefined;
  /** Panic threshold of the cluster. */
  readonly minHealthPercent: number;
}

export interface TcpKeepaliveIr {
  readonly probes: number | undefined;
  readonly timeMs: number | undefined;
  readonly intervalMs: number | undefined;
}

export interface HttpPoolIr {
  readonly maxRequestsPerConnection: number | undefined;
  readonly idleTimeoutMs: number | undefined;
  readonly maxConcurrentStreams: number | undefined;
  readonly useClientProtocol: boolean;
}

export type ClientTlsIr =
  | { readonly kind: 'plain' }
  /** Mutual TLS to endpoints that have it (`tlsMode: istio`), plain text to the others. */
  | { readonly kind: 'auto-mtls'; readonly sans: readonly string[]; readonly sni: string }
  /** Mutual TLS with the mesh's own certificates, to every endpoint. */
  | { readonly kind: 'istio-mutual'; readonly sans: readonly string[]; readonly sni: string }
  | OwnTlsIr;

/** SIMPLE and MUTUAL of a DestinationRule. */
export interface OwnTlsIr {
  readonly kind: 'simple' | 'mutual';
  readonly sni: string | undefined;
  readonly sans: readonly string[];
  readonly insecureSkipVerify: boolean;
  readonly certificates: CertificateSourceIr;
}

export type CertificateSourceIr =
  | { readonly kind: 'files'; readonly certificate: string; readonly key: string; readonly ca: string }
  | {
      readonly kind: 'credential';
      readonly certificate: CredentialIr;
      readonly roots: CredentialIr;
    };

/** A cluster towards the application beside this proxy. Its name follows from the target port. */
export interface InboundClusterIr {
  readonly kind: 'inbound';
  readonly targetPort: number;
  readonly protocol: UpstreamProtocolIr;
  readonly services: readonly ServiceRefIr[];
  /** undefined: wherever the captured connection went (ORIGINAL_DST). */
  readonly address: { readonly ip: string; readonly port: number } | undefined;
  readonly circuitBreaker: CircuitBreakerIr;
  readonly connectTimeoutMs: number;
}

/** Clusters that every sidecar (BlackHole: every proxy) holds. */
export interface FixedClusterIr {
  readonly kind: 'black-hole' | 'passthrough' | 'inbound-passthrough';
  readonly connectTimeoutMs: number;
}

/** Where HTTP goes whose host the mesh does not know: to what DNS says of that host. */
export interface DynamicDnsClusterIr {
  readonly kind: 'dynamic-dns';
  readonly connectTimeoutMs: number;
  readonly refreshMs: number;
  readonly tls: ClientTlsIr;
}
