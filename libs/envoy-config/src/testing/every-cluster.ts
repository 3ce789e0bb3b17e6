import type { ClusterIr, LoadBalancingIr } from '@istio-ts/mesh-ir';
import type { cluster } from '@istio-ts/xds-types';
import { emittedCluster } from './emitted.js';
import { fixedClusters, loadAssignmentIr, outboundClusterIr } from './ir.js';

const inboundClusterIr = {
  kind: 'inbound',
  targetPort: 3000,
  protocol: 'default',
  services: [],
  address: undefined,
  circuitBreaker: outboundClusterIr().policy.circuitBreaker,
  connectTimeoutMs: 10_000,
} as const;

const inboundClusters: readonly ClusterIr[] = [
  inboundClusterIr,
  { ...inboundClusterIr, protocol: 'http2' },
  { ...inboundClusterIr, protocol: 'downstream', address: { ip: '127.0.0.1', port: 13000 } },
];

const hash = { kind: 'header', name: 'x-user' } as const;
const warmup = { durationMs: 60_000, minimumPercent: 10, aggression: 1 };
const balancers: readonly LoadBalancingIr[] = [
  { kind: 'least-request', warmup },
  { kind: 'round-robin', warmup },
  { kind: 'random' },
  { kind: 'passthrough' },
  { kind: 'ring-hash', hash, minimumRingSize: 1024 },
  { kind: 'maglev', hash, tableSize: 65_537 },
];
const named = loadAssignmentIr({
  localities: loadAssignmentIr().localities.map((locality) => ({
    ...locality,
    endpoints: locality.endpoints.map((endpoint) => ({
      ...endpoint,
      address: { kind: 'name', name: 'api.example.com', port: 443 } as const,
    })),
  })),
});
const files = { kind: 'files', certificate: '/c.pem', key: '/k.pem', ca: '/ca.pem' } as const;
const own = { sni: undefined, sans: [], insecureSkipVerify: false } as const;

const dynamicDns = { kind: 'dynamic-dns', refreshMs: 60_000 } as const;
const simple = { kind: 'simple', ...own, certificates: { ...files, ca: '' } } as const;

const dynamicClusters: readonly ClusterIr[] = [
  outboundClusterIr({ discovery: dynamicDns, tls: { kind: 'plain' } }),
  outboundClusterIr({ discovery: dynamicDns, protocol: 'http2', tls: simple }),
  outboundClusterIr({ discovery: dynamicDns, tls: { ...simple, sni: 'a.com', insecureSkipVerify: true } }),
  outboundClusterIr({ discovery: dynamicDns, tls: { kind: 'istio-mutual', sans: [], sni: '' } }),
  ...([{ kind: 'plain' }, simple] as const).map((tls) => ({ ...dynamicDns, connectTimeoutMs: 10_000, tls })),
];

const outboundClusters: readonly ClusterIr[] = [
  outboundClusterIr({ protocol: 'http2' }),
  outboundClusterIr({ protocol: 'downstream', discovery: { kind: 'original-dst' } }),
  outboundClusterIr({ discovery: { kind: 'strict-dns', endpoints: named, refreshMs: 60_000 } }),
  outboundClusterIr({ discovery: { kind: 'logical-dns', endpoints: named, refreshMs: 60_000 } }),
  ...balancers.map((loadBalancing) => outboundClusterIr({ policy: { loadBalancing } })),
  outboundClusterIr({ tls: { kind: 'istio-mutual', sans: ['spiffe://a/ns/b/sa/c'], sni: 'x' } }),
  outboundClusterIr({ tls: { kind: 'simple', ...own, certificates: { ...files, ca: '' } } }),
  outboundClusterIr({
    tls: { kind: 'mutual', ...own, sni: 'a.com', sans: ['a.com'], certificates: files },
  }),
  outboundClusterIr({
    tls: {
      kind: 'mutual',
      ...own,
      insecureSkipVerify: true,
      certificates: {
        kind: 'credential',
        certificate: { name: 'c', server: undefined },
        roots: { name: 'c-cacert', server: 'outbound|8443||sds.shop.svc.cluster.local' },
      },
    },
  }),
  outboundClusterIr({
    policy: {
      outlierDetection: {
        consecutive5xx: 7,
        consecutiveGatewayErrors: 0,
        consecutiveLocalOriginFailures: 3,
        splitExternalLocalOriginErrors: true,
        intervalMs: 5000,
        baseEjectionTimeMs: 30_000,
        maxEjectionPercent: 50,
        minHealthPercent: 20,
      },
      tcpKeepalive: { probes: 3, timeMs: 60_000, intervalMs: 10_000 },
      maxConnectionDurationMs: 3_600_000,
      http: {
        maxRequestsPerConnection: 10,
        idleTimeoutMs: 5000,
        maxConcurrentStreams: 100,
        useClientProtocol: true,
      },
      proxyProtocol: 'v2',
    },
  }),
];

/** Clusters of every kind, discovery, balancer, TLS mode and pool; many are variants of one name. */
export const everyCluster: readonly ClusterIr[] = [
  ...fixedClusters,
  ...outboundClusters,
  ...dynamicClusters,
  ...inboundClusters,
];

/** Clusters that chains and routes point to. */
export const targets: readonly cluster.Cluster[] = [
  ...fixedClusters.map(emittedCluster),
  emittedCluster({ ...dynamicDns, connectTimeoutMs: 10_000, tls: { kind: 'plain' } }),
  emittedCluster(outboundClusterIr()),
  emittedCluster(outboundClusterIr({ subset: 'v2' })),
  ...[3000, 9000].map((targetPort) =>
    emittedCluster({ ...inboundClusterIr, targetPort, address: undefined }),
  ),
];
