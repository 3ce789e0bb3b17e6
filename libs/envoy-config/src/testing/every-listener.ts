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
      chains: [{ kind: 'http', routeConfig: 'catalog:9000' }, tcp([], [])],
      fallback: undefined,
    }),
    outboundListenerIr({ bind: '10.96.0.8', port: 5432, chains: [tcp([], [])], fallback: undefined }),
    { kind: 'virtual-outbound', policy: 'allow-any', settings },
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
  const files = { kind: 'files', certificate: '/c.pem', key: '/k.pem', ca: '/ca.pem' } as const;
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
        }),
        https('c.com', { mode: 'optional-mutual', certificates: files }),
        https('d.com', { mode: 'istio-mutual', certificates: { kind: 'workload' } }),
        { kind: 'tcp', serverNames: ['e.com'], route, tls: undefined, meshAlpn: false },
        { kind: 'tcp', serverNames: ['outbound_.80_._.x'], route, tls: undefined, meshAlpn: true },
      ],
      proxyProtocol: false,
      settings: settingsIr,
    },
  ];
}
