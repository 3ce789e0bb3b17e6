import type { ForwardIr, RouteIr } from '@istio-ts/mesh-ir';
import { expect, test } from 'vitest';
import { coolstore, subsets } from '../../fixtures/coolstore.js';
import { meshOf, sidecar } from '../../fixtures/mesh-fixture.js';
import { compatibilityOf, defaultMeshSettings, type MeshSettings } from '../../settings/mesh-settings.js';
import { resolveProxy } from '../resolve-proxy.js';

const to = (subset: string, rest = ''): string =>
  `{ destination: { host: catalog, subset: ${subset} }${rest} }`;

function routes(
  http: string,
  said: Parameters<typeof sidecar>[0] = {},
  settings: MeshSettings = defaultMeshSettings,
): readonly RouteIr[] {
  const source = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: shop }
spec:
  hosts: [catalog]
  http: ${http}`;
  const { routes: configs } = resolveProxy(
    meshOf([coolstore, subsets, source].join('---\n'), settings),
    sidecar(said),
  );
  return configs.get('80')?.virtualHosts.get('catalog.shop.svc.cluster.local:80')?.routes ?? [];
}

function forward(http: string, settings?: MeshSettings): ForwardIr | undefined {
  const action = routes(http, {}, settings)[0]?.action;
  return action?.kind === 'forward' ? action : undefined;
}

const cluster = (subset: string): string => `outbound|80|${subset}|catalog.shop.svc.cluster.local`;

test('matches are routes of their own in order, and nothing follows one that matches everything', () => {
  const found = routes(`
    - name: dark
      match: [{ name: header, headers: { x-dark-launch: { exact: v2 } } }, { uri: { prefix: /beta } }]
      route: [${to('version-v2')}]
    - route: [${to('version-v1')}]
    - match: [{ uri: { prefix: /never } }]
      route: [${to('version-v2')}]`);
  expect(found.map(({ name, decorator }) => [name, decorator])).toEqual([
    ['dark.header', 'catalog.shop.svc.cluster.local:80/*'],
    ['dark', 'catalog.shop.svc.cluster.local:80/beta*'],
    ['', 'catalog.shop.svc.cluster.local:80/*'],
  ]);
  expect(found[0]?.match.headers).toEqual([
    { name: 'x-dark-launch', match: { kind: 'exact', value: 'v2' }, invert: false, ignoreCase: false },
  ]);
});

test('method, authority and scheme are pseudo headers; withoutHeaders match where the header does not', () => {
  const [route] = routes(`
    - match: [{ method: { exact: GET }, authority: { prefix: a }, withoutHeaders: { x: {} }, queryParams: { q: { exact: '1' } } }]
      route: [${to('version-v1')}]`);
  expect(route?.match.headers.map(({ name, match, invert }) => [name, match.kind, invert])).toEqual([
    ['x', 'present', true],
    [':method', 'exact', false],
    [':authority', 'prefix', false],
  ]);
  expect(route?.match.query).toEqual([{ name: 'q', match: { kind: 'exact', value: '1' } }]);
});

test('a match for other ports, namespaces, labels or gateways is no route of this proxy', () => {
  const only = (match: string): number =>
    routes(`[{ match: [${match}], route: [${to('version-v1')}] }]`).filter(({ origin }) => origin).length;
  expect(only('{ port: 81 }')).toBe(0);
  expect(only('{ port: 80 }')).toBe(1);
  expect(only('{ sourceNamespace: other }')).toBe(0);
  expect(only('{ sourceLabels: { app: client } }')).toBe(1);
  expect(only('{ sourceLabels: { app: else } }')).toBe(0);
  expect(only('{ gateways: [front] }')).toBe(0);
});

test('where no match applies the service keeps its default route', () => {
  expect(routes(`[{ match: [{ port: 81 }], route: [${to('version-v1')}] }]`).map(({ name }) => name)).toEqual(
    ['default'],
  );
});

test('of several destinations those of weight 0 are left out, and spans are named after the VirtualService', () => {
  const [route] = routes(
    `[{ route: [${to('version-v1', ', weight: 100')}, ${to('version-v2', ', weight: 0')}] }]`,
  );
  expect(route?.decorator).toBe('catalog:80/*');
  expect(route?.action).toMatchObject({ destinations: [{ cluster: cluster('version-v1') }] });
});

test('every route is retried twice; 0 attempts switch it off; status codes need their condition', () => {
  expect(forward(`[{ route: [${to('version-v1')}] }]`)?.retry).toMatchObject({
    attempts: 2,
    conditions: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
    statusCodes: [],
    hostSelectionAttempts: 5,
    avoidPreviousHosts: true,
  });
  expect(forward(`[{ route: [${to('version-v1')}], retries: { attempts: 0 } }]`)?.retry).toBeUndefined();
  const retries = '{ attempts: 3, perTryTimeout: 2s, retryOn: "5xx,503" }';
  expect(forward(`[{ route: [${to('version-v1')}], retries: ${retries} }]`)?.retry).toMatchObject({
    attempts: 3,
    perTryTimeoutMs: 2000,
    conditions: '5xx,retriable-status-codes',
    statusCodes: [503],
  });
});

test('under compatibility version 1.13 a 503 is retried and load is balanced in turn', () => {
  const old = { ...defaultMeshSettings, compatibility: compatibilityOf('1.13') };
  expect(forward(`[{ route: [${to('version-v1')}] }]`, old)?.retry?.statusCodes).toEqual([503]);
  const { clusters } = resolveProxy(meshOf(coolstore, old), sidecar());
  expect(clusters.get('outbound|80||catalog.shop.svc.cluster.local')).toMatchObject({
    policy: { loadBalancing: { kind: 'round-robin' } },
  });
});

test('setting the host header is a rewrite of the authority', () => {
  const [route] = routes(
    `[{ headers: { request: { set: { Host: a.b, X-One: '1' }, remove: [X-Two] } }, route: [${to('version-v1')}] }]`,
  );
  expect(route?.requestHeaders).toEqual({
    set: [{ name: 'x-one', value: '1' }],
    add: [],
    remove: ['x-two'],
    host: 'a.b',
  });
});

test('a redirect does not write out the port that its scheme implies', () => {
  const action = (redirect: string): unknown => routes(`[{ redirect: ${redirect} }]`)[0]?.action;
  expect(action('{ authority: x.io, port: 80 }')).toMatchObject({ code: 301, port: undefined });
  expect(action('{ scheme: https, port: 80, redirectCode: 308 }')).toMatchObject({ code: 308, port: 80 });
});

test('faults, mirrors and direct responses keep their figures', () => {
  const [delayed] = routes(
    `[{ fault: { delay: { fixedDelay: 1s, percentage: { value: 50 } }, abort: { httpStatus: 500, percentage: { value: 100 } } }, route: [${to('version-v1')}] }]`,
  );
  expect(delayed?.fault).toEqual({
    delay: { fixedMs: 1000, percent: 50 },
    abort: { status: { kind: 'http', code: 500 }, percent: 100 },
  });
  expect(
    forward(`[{ route: [${to('version-v1')}], mirror: { host: catalog, subset: version-v2 } }]`)?.mirrors,
  ).toEqual([{ cluster: cluster('version-v2'), percent: 100 }]);
  expect(routes('[{ directResponse: { status: 503, body: { string: no } } }]')[0]?.action).toEqual({
    kind: 'direct-response',
    status: 503,
    body: new TextEncoder().encode('no'),
  });
});

test('consistent hashing of the destination’s rule is in its routes, and then a failed host is not avoided', () => {
  const rule = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: catalog, namespace: shop }
spec: { host: catalog, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: x-user } } } }`;
  const { routes: configs } = resolveProxy(meshOf(`${coolstore}---\n${rule}`), sidecar());
  expect(
    configs.get('80')?.virtualHosts.get('catalog.shop.svc.cluster.local:80')?.routes[0]?.action,
  ).toMatchObject({
    hash: [{ kind: 'header', name: 'x-user' }],
    retry: { avoidPreviousHosts: false },
  });
});
