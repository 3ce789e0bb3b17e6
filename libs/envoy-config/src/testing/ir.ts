import { SortedMap } from '@istio-ts/foundation';
import {
  outboundClusterName,
  outboundSniName,
  virtualHostName,
  type ClusterIr,
  type ForwardIr,
  type HttpSettingsIr,
  type InboundPortIr,
  type LoadAssignmentIr,
  type OriginIr,
  type OutboundClusterIr,
  type OutboundListenerIr,
  type RouteConfigIr,
  type RouteDestinationIr,
  type RouteIr,
  type ServerTlsIr,
  type ServiceRefIr,
  type TrafficPolicyIr,
  type VirtualHostIr,
  type VirtualInboundListenerIr,
} from '@istio-ts/mesh-ir';

/** IR values of a small shop, as mesh-model would make them; each builder takes what a test is about. */

export const catalogHost = 'catalog.shop.svc.cluster.local';

export const catalogService: ServiceRefIr = { host: catalogHost, name: 'catalog', namespace: 'shop' };

export const catalogCluster = outboundClusterName(catalogHost, 80);

/** The object at a path such as `/apis/networking.istio.io/v1/namespaces/shop/virtual-service/catalog`. */
export function originIr(kind: string, path: string): OriginIr {
  const [name = '', , namespace = ''] = path.split('/').reverse();
  return { kind, namespace, name, path };
}

export const catalogRule = originIr(
  'DestinationRule',
  '/apis/networking.istio.io/v1/namespaces/shop/destination-rule/catalog',
);

export const catalogRoute = originIr(
  'VirtualService',
  '/apis/networking.istio.io/v1/namespaces/shop/virtual-service/catalog',
);

export const spiffeId = 'spiffe://cluster.local/ns/shop/sa/catalog';

export const settingsIr: HttpSettingsIr = Object.freeze({
  accessLog: undefined,
  stats: false,
  traceSampling: 1,
  pathNormalization: 'base',
  acceptHttp10: false,
  protocolDetectionTimeoutMs: 0,
  dnsRefreshMs: 60_000,
  trustDomains: ['cluster.local'],
});

const policyIr: TrafficPolicyIr = {
  connectTimeoutMs: 10_000,
  loadBalancing: { kind: 'least-request', warmup: undefined },
  circuitBreaker: {
    maxConnections: undefined,
    maxPendingRequests: undefined,
    maxRequests: undefined,
    maxRetries: undefined,
  },
  outlierDetection: undefined,
  tcpKeepalive: undefined,
  tcpIdleTimeoutMs: undefined,
  maxConnectionDurationMs: undefined,
  http: {
    maxRequestsPerConnection: undefined,
    idleTimeoutMs: undefined,
    maxConcurrentStreams: undefined,
    useClientProtocol: false,
  },
  proxyProtocol: undefined,
};

export function outboundClusterIr(
  fields: Partial<Omit<OutboundClusterIr, 'kind' | 'policy'>> & {
    readonly policy?: Partial<TrafficPolicyIr>;
  } = {},
): OutboundClusterIr {
  return {
    kind: 'outbound',
    host: catalogHost,
    port: 80,
    subset: '',
    discovery: { kind: 'eds' },
    protocol: 'default',
    services: [catalogService],
    origin: undefined,
    external: false,
    tls: { kind: 'auto-mtls', sans: [spiffeId], sni: outboundSniName(catalogHost, 80) },
    ...fields,
    policy: { ...policyIr, ...fields.policy },
  };
}

export function inboundPortIr(fields: Partial<InboundPortIr> = {}): InboundPortIr {
  return {
    targetPort: 3000,
    servicePort: 80,
    protocol: 'http',
    mtls: 'permissive',
    service: catalogService,
    ...fields,
  };
}

export function virtualInboundIr(fields: Partial<VirtualInboundListenerIr> = {}): VirtualInboundListenerIr {
  return {
    kind: 'virtual-inbound',
    transparent: false,
    passthrough: 'permissive',
    passthroughPorts: [],
    passthroughPolicy: 'passthrough',
    ports: [inboundPortIr()],
    settings: settingsIr,
    ...fields,
  };
}

export function outboundListenerIr(fields: Partial<OutboundListenerIr> = {}): OutboundListenerIr {
  return {
    kind: 'outbound',
    bind: '0.0.0.0',
    port: 80,
    bindToPort: false,
    chains: [{ kind: 'http', routeConfig: '80', dynamicDns: false }],
    fallback: 'passthrough',
    settings: settingsIr,
    ...fields,
  };
}

export function destinationIr(fields: Partial<RouteDestinationIr> = {}): RouteDestinationIr {
  return {
    cluster: catalogCluster,
    weight: 1,
    alpn: 'http/1.1',
    requestHeaders: undefined,
    responseHeaders: undefined,
    ...fields,
  };
}

export function forwardIr(fields: Partial<Omit<ForwardIr, 'kind'>> = {}): ForwardIr {
  return {
    kind: 'forward',
    destinations: [destinationIr()],
    timeoutMs: 0,
    retry: {
      attempts: 2,
      conditions: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
      statusCodes: [],
      perTryTimeoutMs: undefined,
      backoffMs: undefined,
      hostSelectionAttempts: 5,
      avoidPreviousHosts: true,
      remoteLocalities: false,
    },
    rewrite: undefined,
    mirrors: [],
    hash: [],
    ...fields,
  };
}

export function routeIr(fields: Partial<RouteIr> = {}): RouteIr {
  return {
    name: 'default',
    match: { path: { kind: 'prefix', value: '/' }, ignoreCase: false, headers: [], query: [] },
    action: forwardIr(),
    decorator: `${catalogHost}:80/*`,
    origin: undefined,
    requestHeaders: undefined,
    responseHeaders: undefined,
    fault: undefined,
    cors: undefined,
    ...fields,
  };
}

export function virtualHostIr(host: string, routes: readonly RouteIr[] = [routeIr()]): VirtualHostIr {
  return { name: virtualHostName(host, 80), domains: [host], routes, requireTls: false };
}

export function routeConfigIr(
  hosts: readonly VirtualHostIr[],
  fields: Partial<Omit<RouteConfigIr, 'virtualHosts'>> = {},
): RouteConfigIr {
  return {
    name: '80',
    virtualHosts: SortedMap.from(hosts.map((host) => [host.name, host])),
    catchAll: { kind: 'allow-any' },
    ...fields,
  };
}

export function loadAssignmentIr(fields: Partial<LoadAssignmentIr> = {}): LoadAssignmentIr {
  return {
    cluster: catalogCluster,
    localities: [
      {
        locality: { region: 'eu', zone: 'a', subzone: '' },
        weight: 1,
        priority: 0,
        endpoints: [
          {
            address: { kind: 'ip', ip: '10.0.0.7', port: 3000 },
            health: 'healthy',
            weight: 1,
            mtls: true,
            workload: {
              name: 'catalog-v1',
              namespace: 'shop',
              canonicalName: 'catalog',
              canonicalRevision: 'v1',
              cluster: 'Kubernetes',
            },
          },
        ],
      },
    ],
    ...fields,
  };
}

export const serverTlsIr: ServerTlsIr = {
  mode: 'simple',
  certificates: {
    kind: 'credentials',
    certificates: [{ name: 'shop-cert', server: undefined }],
    roots: { name: 'shop-cert-cacert', server: undefined },
  },
  sans: [],
  minVersion: undefined,
  maxVersion: undefined,
  ciphers: [],
  curves: [],
  clientKeyDigests: [],
  clientCertificateDigests: [],
};

export const fixedClusters: readonly ClusterIr[] = [
  { kind: 'black-hole', connectTimeoutMs: 10_000 },
  { kind: 'passthrough', connectTimeoutMs: 10_000 },
  { kind: 'inbound-passthrough', connectTimeoutMs: 10_000 },
];
