import { expect, test } from 'vitest';
import { meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import { resolveProxy } from '../resolve/resolve-proxy.js';

const service = `
---
apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: shop }
spec: { clusterIP: 10.96.0.2, ports: [{ name: http, port: 80 }, { name: http-admin, port: 81 }] }`;

/** A rule that is told by the number of connections that it allows. */
const rule = (place: string, host: string, connections: number, rest = ''): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { ${place} }
spec: { host: '${host}', trafficPolicy: { connectionPool: { tcp: { maxConnections: ${connections} } } }${rest} }`;

const full = 'catalog.shop.svc.cluster.local';

function connections(
  rules: string,
  said: Parameters<typeof sidecar>[0] = {},
  cluster = `outbound|80||${full}`,
) {
  const found = resolveProxy(meshOf(service + rules), sidecar(said)).clusters.get(cluster);
  return found?.kind === 'outbound' ? found.policy.circuitBreaker.maxConnections : undefined;
}

const client = rule('name: a, namespace: default', full, 1);
const owner = rule('name: a, namespace: shop', 'catalog', 2);
const root = rule('name: a, namespace: istio-system', full, 3);

test('the rule of the client’s namespace counts before the service’s, that before the root namespace’s', () => {
  expect(connections(client + owner + root)).toBe(1);
  expect(connections(owner + root)).toBe(2);
  expect(connections(root)).toBe(3);
});

test('a rule of a third namespace is nobody’s', () => {
  expect(connections(rule('name: a, namespace: other', full, 9))).toBeUndefined();
});

test('a client of the root namespace takes the service’s rule before its own', () => {
  expect(connections(owner + root, { namespace: 'istio-system' })).toBe(2);
});

test('in one namespace the most specific host counts', () => {
  const wide = rule('name: a, namespace: shop', '*.local', 4);
  const near = rule('name: b, namespace: shop', '*.shop.svc.cluster.local', 5);
  expect(connections(wide + near)).toBe(5);
  expect(connections(wide + near + rule('name: c, namespace: shop', 'catalog', 6))).toBe(6);
});

test('a rule that is not exported to the client’s namespace is not seen from there', () => {
  const local = rule('name: a, namespace: shop', 'catalog', 7, ", exportTo: ['.']");
  expect(connections(local)).toBeUndefined();
  expect(connections(local, { namespace: 'shop' })).toBe(7);
});

test('a rule with a workload selector is for clients of its namespace that it picks', () => {
  const picked = rule(
    'name: a, namespace: default',
    full,
    8,
    ', workloadSelector: { matchLabels: { app: client } }',
  );
  expect(connections(picked)).toBe(8);
  expect(connections(picked, { labels: { app: 'else' } })).toBeUndefined();
});

test('rules of equal host are merged: the older policy, and the subsets of both', () => {
  const first = rule(
    'name: a, namespace: shop',
    'catalog',
    1,
    ', subsets: [{ name: v1, labels: { version: v1 } }]',
  );
  const second = rule(
    'name: b, namespace: shop',
    'catalog',
    2,
    ', subsets: [{ name: v2, labels: { version: v2 } }]',
  );
  const { clusters } = resolveProxy(meshOf(service + first + second), sidecar());
  expect(clusters.has(`outbound|80|v1|${full}`)).toBe(true);
  expect(clusters.has(`outbound|80|v2|${full}`)).toBe(true);
  expect(connections(first + second)).toBe(1);
});

test('a subset’s policy replaces what it names; settings for a port replace the whole level', () => {
  const layered = `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: a, namespace: shop }
spec:
  host: catalog
  trafficPolicy:
    connectionPool: { tcp: { maxConnections: 1 } }
    portLevelSettings: [{ port: { number: 81 }, loadBalancer: { simple: RANDOM } }]
  subsets:
    - { name: own, labels: { a: b }, trafficPolicy: { connectionPool: { tcp: { maxConnections: 5 } } } }
    - { name: plain, labels: { a: b }, trafficPolicy: { loadBalancer: { simple: RANDOM } } }`;
  expect(connections(layered)).toBe(1);
  expect(connections(layered, {}, `outbound|80|own|${full}`)).toBe(5);
  expect(connections(layered, {}, `outbound|80|plain|${full}`)).toBe(1);
  expect(connections(layered, {}, `outbound|81||${full}`)).toBeUndefined();
});
