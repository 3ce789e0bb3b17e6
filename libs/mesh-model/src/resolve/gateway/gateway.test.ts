import type { ProxyIr, VirtualHostIr } from '@istio-ts/mesh-ir';
import { expect, test } from 'vitest';
import { coolstore } from '../../fixtures/coolstore.js';
import { gateway, meshOf } from '../../fixtures/mesh-fixture.js';
import { resolveProxy } from '../resolve-proxy.js';

const front = (name: string, servers: string, namespace = 'shop'): string => `
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: ${namespace} }
spec: { selector: { istio: ingressgateway }, servers: ${servers} }`;

const bound = (name: string, hosts: string, rest: string, namespace = 'shop'): string => `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: ${namespace} }
spec: { hosts: ${hosts}, gateways: [shop/front], ${rest} }`;

const http = (host: string, rest = ''): string =>
  `{ port: { number: 80, name: http, protocol: HTTP }, hosts: [${host}]${rest} }`;
const toWebapp = 'http: [{ route: [{ destination: { host: webapp.shop.svc.cluster.local } }] }]';

function ir(...manifests: readonly string[]): ProxyIr {
  return resolveProxy(meshOf(coolstore + manifests.join('')), gateway());
}

function hosts(proxy: ProxyIr, config = 'http.8080'): readonly VirtualHostIr[] {
  return [...(proxy.routes.get(config)?.virtualHosts.values() ?? [])];
}

test('a gateway without Gateways has no listeners, and clusters to every service but no passthrough', () => {
  const { listeners, routes, clusters } = ir();
  expect(listeners.size + routes.size).toBe(0);
  expect(clusters.has('outbound|80||webapp.shop.svc.cluster.local')).toBe(true);
  expect(clusters.has('BlackHoleCluster')).toBe(true);
  expect(clusters.has('PassthroughCluster')).toBe(false);
});

test('a server without routes answers 404, under the port that it declares', () => {
  expect(ir(front('front', `[${http("'*'")}]`)).routes.get('http.8080')).toMatchObject({
    catchAll: { kind: 'black-hole', port: 80 },
  });
});

test('a listener says which Gateways have servers on it', () => {
  const { listeners } = ir(
    front('front', `[${http('a.io')}]`),
    front('second', `[${http('c.io')}]`),
    front('other', '[{ port: { number: 81, name: http, protocol: HTTP }, hosts: [a.io] }]'),
  );
  const origins = [...listeners].map(([name, listener]) => [
    name,
    listener.kind === 'gateway' ? listener.origins.map(({ kind, name: of }) => `${kind} ${of}`) : [],
  ]);
  expect(Object.fromEntries(origins)).toEqual({
    '0.0.0.0_81': ['Gateway other'],
    '0.0.0.0_8080': ['Gateway front', 'Gateway second'],
  });
});

test('virtual hosts are the intersection of the server’s hosts and the routes’, the more specific name', () => {
  const proxy = ir(
    front('front', `[${http("'*.example.com'")}]`),
    bound('r', '[a.example.com, other.org]', toWebapp),
  );
  expect(hosts(proxy).map(({ name, domains }) => [name, domains])).toEqual([
    ['a.example.com:80', ['a.example.com']],
  ]);
});

test('hosts with the same routes are one virtual host under the first of their names', () => {
  const proxy = ir(front('front', `[${http("'*'")}]`), bound('r', '[b.io, a.io]', toWebapp));
  expect(hosts(proxy).map(({ name, domains }) => [name, domains])).toEqual([['a.io:80', ['a.io', 'b.io']]]);
});

test('routes of several VirtualServices for one host follow each other by age, what matches everything last', () => {
  const part = (path: string): string =>
    `http: [{ match: [{ uri: { prefix: ${path} } }], route: [{ destination: { host: webapp.shop.svc.cluster.local } }] }]`;
  const proxy = ir(
    front('front', `[${http('a.io')}]`),
    bound('a', '[a.io]', toWebapp),
    bound('b', '[a.io]', part('/b')),
    bound('c', '[a.io]', part('/c')),
  );
  expect(hosts(proxy)[0]?.routes.map(({ match }) => match.path.value)).toEqual(['/b', '/c', '/']);
});

test('a server that redirects to HTTPS asks TLS of all its hosts, also of those without routes', () => {
  const servers = `[${http('a.io, b.io', ', tls: { httpsRedirect: true }')}]`;
  const proxy = ir(front('front', servers), bound('r', '[a.io]', toWebapp));
  expect(hosts(proxy).map(({ name, requireTls, routes }) => [name, requireTls, routes.length])).toEqual([
    ['a.io:80', true, 1],
    ['b.io:80', true, 0],
  ]);
});

test('a server offers hosts to the namespace written before them', () => {
  const servers = `[${http("'./a.io', other/b.io")}]`;
  const proxy = ir(
    front('front', servers),
    bound('own', '[a.io]', toWebapp),
    bound('theirs', '[b.io]', toWebapp, 'other'),
    bound('not', '[a.io]', toWebapp, 'other'),
  );
  expect(hosts(proxy).map(({ name, routes }) => [name, routes.map(({ origin }) => origin?.name)])).toEqual([
    ['a.io:80', ['own']],
    ['b.io:80', ['theirs']],
  ]);
});

test('an HTTPS server has a chain and a route configuration of its own, by the names that it serves', () => {
  const tls =
    '[{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [b.io, a.io], tls: { mode: SIMPLE, credentialName: cert } }]';
  const { listeners, routes } = ir(front('front', tls), bound('r', '[a.io]', toWebapp));
  expect(listeners.get('0.0.0.0_8443')).toMatchObject({
    chains: [
      {
        routeConfig: 'https.443.https.front.shop',
        serverNames: ['a.io', 'b.io'],
        tls: {
          mode: 'simple',
          certificates: { kind: 'credentials', certificates: [{ name: 'cert', server: undefined }] },
        },
      },
    ],
  });
  expect([...(routes.get('https.443.https.front.shop')?.virtualHosts.keys() ?? [])]).toEqual(['a.io:443']);
});

test('TLS that passes through is told apart by SNI, plain TCP goes to the routes of its port', () => {
  const servers = `[{ port: { number: 443, name: tls, protocol: TLS }, hosts: [a.io], tls: { mode: PASSTHROUGH } },
    { port: { number: 31400, name: tcp, protocol: TCP }, hosts: ['*'] }]`;
  const streams = `tls: [{ match: [{ port: 443, sniHosts: [a.io] }], route: [{ destination: { host: webapp.shop.svc.cluster.local } }] }],
    tcp: [{ match: [{ port: 31400 }], route: [{ destination: { host: catalog.shop.svc.cluster.local } }] }]`;
  const { listeners } = ir(front('front', servers), bound('r', '[a.io]', streams));
  expect(listeners.get('0.0.0.0_8443')).toMatchObject({
    chains: [
      {
        kind: 'tcp',
        serverNames: ['a.io'],
        route: { statPrefix: 'outbound|80||webapp.shop.svc.cluster.local' },
      },
    ],
  });
  expect(listeners.get('0.0.0.0_31400')).toMatchObject({
    chains: [
      {
        kind: 'tcp',
        serverNames: [],
        route: { destinations: [{ cluster: 'outbound|80||catalog.shop.svc.cluster.local' }] },
      },
    ],
  });
});

test('a plain port that an older gateway uses for TCP is not shared', () => {
  const tcp = "[{ port: { number: 80, name: tcp, protocol: TCP }, hosts: ['*'] }]";
  const old = front('front', tcp).replace(
    'name: front,',
    "name: front, creationTimestamp: '2025-01-01T00:00:00Z',",
  );
  const young = front('later', `[${http("'*'")}]`).replace(
    'name: later,',
    "name: later, creationTimestamp: '2026-01-01T00:00:00Z',",
  );
  expect(ir(old, young).listeners.size).toBe(0);
  expect(ir(young).listeners.has('0.0.0.0_8080')).toBe(true);
});

test('a pod without privileges does not listen below 1024', () => {
  const mesh = meshOf(
    coolstore.replace('targetPort: 8080 }\n    - { name: https', 'targetPort: 80 }\n    - { name: https') +
      front('front', `[${http("'*'")}]`),
  );
  expect(resolveProxy(mesh, gateway({ unprivileged: true })).listeners.size).toBe(0);
  expect([...resolveProxy(mesh, gateway()).listeners.keys()]).toEqual(['0.0.0.0_80']);
});
