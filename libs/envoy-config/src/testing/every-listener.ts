import type { ListenerIr } from '@istio-ts/mesh-ir';
import {
  catalogCluster,
  catalogRoute,
  inboundPortIr,
  outboundListenerIr,
  serverTlsIr,
  settingsIr,
  virtualInboundIr,
} from './ir.js';

const files = {
  kind: 'files',
  pairs: [
    { certificate: '/c.pem', key: '/k.pem' },
    { certificate: '/d.pem', key: '/l.pem' },
  ],
  ca: '/ca.pem',
} as const;

/** Listeners of every kind, with chains of every kind. */
export const everyListener: readonly ListenerIr[] = [...sidecarListeners(), ...gatewayListeners()];

function sidecarListeners(): readonly ListenerIr[] {
  const protocols = ['http', 'http2', 'grpc', 'grpc-web', 'tcp', 'auto'] as const;
  const modes = ['permissive', 'strict', 'disable'] as const;
  const ports = modes.flatMap((mtls) => protocols.map((protocol) => ({ mtls, protocol })));
  const settings = settingsIr;
  const tcp = (serverNames: readonly string[], destinations: readonly string[]) =>
    ({
      kind: 'tcp',
      match: { serverNames, destinations },
      route: {
        statPrefix: 'catalog.shop',
        destinations: [
          { cluster: catalogCluster, weight: 80 },
          { cluster: `outbound|80|v2|catalog.shop.svc.cluster.local`, weight: 20 },
        ],
        idleTimeoutMs: 60_000,
        dynamicDnsPort: undefined,
        origin: catalogRoute,
      },
    }) as const;
  return [
    outboundListenerIr(),
    outboundListenerIr({
      port: 443,
      chains: [tcp(['a.com', '*.b.com'], []), tcp([], ['10.1.0.0/16']), tcp([], [])],
      fallback: undefined,
    }),
    outboundListenerIr({
      bind: '10.96.0.7',
      port: 9000,
      chains: [{ kind: 'http', routeConfig: 'catalog:9000', dynamicDns: true }, tcp([], [])],
      fallback: undefined,
    }),
    outboundListenerIr({ bind: '10.96.0.8', port: 5432, chains: [tcp([], [])], fallback: undefined }),
    ...(['allow-any', 'dynamic-dns'] as const).map(
      (policy) => ({ kind: 'virtual-outbound', policy, settings }) as const,
    ),
    virtualInboundIr({
      passthroughPorts: [
        { port: 7001, mtls: 'strict' },
        { port: 7002, mtls: 'disable' },
      ],
      ports: ports.map((port, index) => inboundPortIr({ ...port, targetPort: 3000 + index })),
    }),
    {
      kind: 'inbound',
      bind: '127.0.0.1',
      port: inboundPortIr({ protocol: 'auto', targetPort: 9000 }),
      settings,
    },
    { kind: 'http-proxy', bind: '127.0.0.1', port: 15080, settings },
  ];
}

function gatewayListeners(): readonly ListenerIr[] {
  const https = (host: string, tls: Partial<typeof serverTlsIr>) =>
    ({
      kind: 'http',
      routeConfig: `https.443.https.${host}.shop`,
      serverName: undefined,
      serverNames: [host],
      tls: { ...serverTlsIr, ...tls },
    }) as const;
  const route = {
    statPrefix: 'x',
    destinations: [{ cluster: catalogCluster, weight: 1 }],
    idleTimeoutMs: undefined,
    dynamicDnsPort: 8443,
    origin: undefined,
  };
  return [
    {
      kind: 'gateway',
      bind: '0.0.0.0',
      port: 8080,
      chains: [
        { kind: 'http', routeConfig: 'http.8080', serverName: undefined, serverNames: [], tls: undefined },
      ],
      origins: [],
      dynamicDns: true,
      proxyProtocol: true,
      settings: settingsIr,
    },
    {
      kind: 'gateway',
      bind: '0.0.0.0',
      port: 8443,
      chains: [
        https('a.com', {}),
        https('b.com', {
          mode: 'mutual',
          sans: ['client.com'],
          minVersion: 'TLSv1_2',
          ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'],
          curves: ['X25519', 'P-256'],
          clientKeyDigests: ['NvqYIYSbgK2vCJpQhObf77vv+bQWtc5ek5RIOwPiC9A='],
          clientCertificateDigests: ['df6ff72fe9116521268f6f2dd4966f51df479883fe7037b39f75916ac3049d1a'],
        }),
        https('c.com', { mode: 'optional-mutual', certificates: files }),
        https('d.com', { mode: 'istio-mutual', certificates: { kind: 'workload' } }),
        { kind: 'tcp', serverNames: ['e.com'], route, tls: undefined, meshAlpn: false },
        { kind: 'tcp', serverNames: ['outbound_.80_._.x'], route, tls: undefined, meshAlpn: true },
      ],
      origins: [],
      dynamicDns: false,
      proxyProtocol: false,
      settings: settingsIr,
    },
  ];
}
