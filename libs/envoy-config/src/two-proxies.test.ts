import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import { connect, createServer } from 'node:net';
import type { HttpAlpnIr, UpstreamProtocolIr } from '@istio-ts/mesh-ir';
import { cluster, endpoint, type listener } from '@istio-ts/xds-types';
import { expect, it } from 'vitest';
import { lbEndpoint } from './endpoints/endpoint.js';
import { emittedCluster, emittedListener, emittedRoutes } from './testing/emitted.js';
import { runEnvoy, type StaticConfig } from './testing/envoy-process.js';
import { withRoutes } from './testing/inline-routes.js';
import {
  destinationIr,
  forwardIr,
  inboundPortIr,
  outboundClusterIr,
  outboundListenerIr,
  routeConfigIr,
  routeIr,
  settingsIr,
  virtualHostIr,
} from './testing/ir.js';
import { freePorts, listening } from './testing/local-servers.js';

/**
 * Both sides of a call in one Envoy: an outbound listener, mutual TLS, and the inbound listener of an undeclared port, whose
 * chains find out by ALPN what comes. See docs/adr/0010 and 0012.
 */
it('on undeclared ports HTTP of either version and TCP find their chains through mutual TLS', async () => {
  const apps = {
    http1: await listening(http.createServer((request, response) => response.end(answer(request)))),
    http2: await listening(http2.createServer((request, response) => response.end(answer(request)))),
    banner: await listening(createServer((socket) => socket.write('220 ready'))),
  };
  const ports = await freePorts(10);
  const calls = {
    http1: call(apps.http1, 'http/1.1', ports.slice(0, 2)),
    http2: call(apps.http2, 'h2', ports.slice(2, 4)),
    follows1: call(apps.http1, 'downstream', ports.slice(4, 6)),
    follows2: call(apps.http2, 'downstream', ports.slice(6, 8)),
    banner: call(apps.banner, 'own', ports.slice(8, 10)),
  };
  const configs = Object.values(calls).map(({ config }) => config);
  await runEnvoy(
    {
      clusters: configs.flatMap(({ clusters }) => clusters ?? []),
      listeners: configs.flatMap(({ listeners }) => listeners ?? []),
    },
    calls.http1.port,
  );
  const identity = 'URI=spiffe://cluster.local/ns/shop/sa/catalog';
  expect(await getHttp1(calls.http1.port)).toBe(`HTTP/1.1 from ${identity}`);
  expect(await getHttp1(calls.http2.port)).toBe(`HTTP/2.0 from ${identity}`);
  expect(await getHttp1(calls.follows1.port)).toBe(`HTTP/1.1 from ${identity}`);
  expect(await getHttp2(calls.follows2.port)).toBe(`HTTP/2.0 from ${identity}`);
  // The server speaks first: nothing may wait for bytes of the client.
  expect(await firstBytes(calls.banner.port)).toBe('220 ready');
});

const upstreamProtocols: Readonly<Record<HttpAlpnIr, UpstreamProtocolIr>> = {
  'http/1.1': 'default',
  h2: 'http2',
  downstream: 'downstream',
  own: 'downstream',
};

/** A call through both proxies to an application; `own` makes it a TCP call. */
function call(
  application: number,
  alpn: HttpAlpnIr,
  [port = 0, targetPort = 0]: readonly number[],
): { readonly port: number; readonly config: StaticConfig } {
  const clusters = [outbound(targetPort, upstreamProtocols[alpn]), inbound(targetPort, application)];
  const [towards] = clusters;
  const listeners = [
    alpn === 'own' ? tcpListener(port, towards?.name ?? '') : httpListener(port, towards?.name ?? '', alpn),
    emittedListener({
      kind: 'inbound',
      bind: '127.0.0.1',
      port: inboundPortIr({ targetPort, protocol: 'auto' }),
      settings: settingsIr,
    }),
  ];
  return { port, config: { clusters, listeners } };
}

/** As emitted, with its endpoint in it instead of EDS. */
function outbound(targetPort: number, protocol: UpstreamProtocolIr): cluster.Cluster {
  const message = emittedCluster(outboundClusterIr({ port: targetPort, protocol }));
  const target = lbEndpoint({
    address: { kind: 'ip', ip: '127.0.0.1', port: targetPort },
    health: 'healthy',
    weight: 1,
    mtls: true,
    workload: undefined,
  });
  return cluster.Cluster.create({
    ...message,
    clusterDiscoveryType: { $case: 'type', value: cluster.Cluster_DiscoveryType.STATIC },
    edsClusterConfig: undefined,
    loadAssignment: endpoint.ClusterLoadAssignment.create({
      clusterName: message.name,
      endpoints: [endpoint.LocalityLbEndpoints.create({ lbEndpoints: [target], loadBalancingWeight: 1 })],
    }),
  });
}

function inbound(targetPort: number, application: number): cluster.Cluster {
  return emittedCluster({
    kind: 'inbound',
    targetPort,
    protocol: 'downstream',
    services: [],
    address: { ip: '127.0.0.1', port: application },
    circuitBreaker: outboundClusterIr().policy.circuitBreaker,
    connectTimeoutMs: 10_000,
  });
}

function httpListener(port: number, towards: string, alpn: HttpAlpnIr): listener.Listener {
  const action = forwardIr({ destinations: [destinationIr({ cluster: towards, alpn })] });
  const host = { ...virtualHostIr('catalog', [routeIr({ action })]), domains: ['*'] };
  const base = emittedListener(outboundListenerIr({ bind: '127.0.0.1', port, bindToPort: true }));
  return withRoutes(base, emittedRoutes(routeConfigIr([host], { catchAll: { kind: 'none' } })));
}

function tcpListener(port: number, towards: string): listener.Listener {
  const route = {
    statPrefix: towards,
    destinations: [{ cluster: towards, weight: 1 }],
    idleTimeoutMs: undefined,
    dynamicDnsPort: undefined,
    origin: undefined,
  };
  const chains = [{ kind: 'tcp', match: { destinations: [], serverNames: [] }, route } as const];
  return emittedListener(
    outboundListenerIr({ bind: '127.0.0.1', port, bindToPort: true, chains, fallback: undefined }),
  );
}

function answer(request: http.IncomingMessage | http2.Http2ServerRequest): string {
  const certificate = String(request.headers['x-forwarded-client-cert']);
  return `HTTP/${request.httpVersion} from ${/URI=[^;,]*$/.exec(certificate)?.[0] ?? 'nobody'}`;
}

async function getHttp1(port: number): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}/`)).text();
}

async function getHttp2(port: number): Promise<string> {
  const session = http2.connect(`http://127.0.0.1:${port}`);
  const stream = session.request({ ':path': '/' });
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  session.close();
  return text;
}

async function firstBytes(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return bytes.toString();
}
