import type { SortedMap } from '@istio-ts/foundation';
import type { ProxyIr } from '@istio-ts/mesh-ir';
import { expect, test } from 'vitest';
import { coolstore, ingress, subsets, toVersion1 } from '../fixtures/coolstore.js';
import { gateway, meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import { resolveProxy, sharedClassOf } from './resolve-proxy.js';

const base = [coolstore, subsets, toVersion1, ingress].join('---\n');
const inShop = sidecar({
  namespace: 'shop',
  name: 'webapp-a',
  ipAddresses: ['10.1.0.4'],
  labels: { app: 'webapp' },
});

/** Keys whose values are not the identical objects any more. */
function moved<V>(before: SortedMap<V>, after: SortedMap<V>): readonly string[] {
  const keys: string[] = [];
  before.diff(after, (key) => keys.push(key));
  return keys;
}

function changed(change: string, node = inShop): { readonly before: ProxyIr; readonly after: ProxyIr } {
  const mesh = meshOf(base);
  const before = resolveProxy(mesh, node);
  return { before, after: resolveProxy(meshOf(change, mesh.settings, mesh), node) };
}

const withoutVersion2 = `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: catalog-1, namespace: shop, labels: { kubernetes.io/service-name: catalog } }
addressType: IPv4
ports: [{ name: http, port: 3000 }]
endpoints: [{ addresses: [10.1.0.2], conditions: { ready: true } }]`;

test('an endpoint that goes moves the load assignments of its service which held it, and nothing else', () => {
  const { before, after } = changed(withoutVersion2);
  expect(moved(before.endpoints, after.endpoints)).toEqual([
    'outbound|80|version-v2|catalog.shop.svc.cluster.local',
    'outbound|80||catalog.shop.svc.cluster.local',
  ]);
  expect(after.clusters).toBe(before.clusters);
  expect(after.routes).toBe(before.routes);
  expect(after.listeners).toBe(before.listeners);
});

test('a changed VirtualService moves one virtual host', () => {
  const { before, after } = changed(toVersion1.replace('version-v1', 'version-v2'));
  expect(after.clusters).toBe(before.clusters);
  expect(after.endpoints).toBe(before.endpoints);
  expect(after.listeners).toBe(before.listeners);
  expect(moved(before.routes, after.routes)).toEqual(['80']);
  const hosts = [before, after].map(({ routes }) => routes.get('80')?.virtualHosts);
  expect(hosts[0] && hosts[1] && moved(hosts[0], hosts[1])).toEqual(['catalog.shop.svc.cluster.local:80']);
});

test('a VirtualService for sidecars is nothing to a gateway, one for the gateway nothing to sidecars', () => {
  const node = gateway();
  const sidecars = changed(toVersion1.replace('version-v1', 'version-v2'), node);
  expect(sidecars.after).toBe(sidecars.before);
  const gateways = changed(ingress.replace('host: webapp }', 'host: catalog }'));
  expect(gateways.after).toBe(gateways.before);
});

test('a policy of one namespace moves the inbound listener of its own workloads alone', () => {
  const policy = `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }`;
  const own = changed(policy);
  expect(moved(own.before.listeners, own.after.listeners)).toEqual(['virtualInbound']);
  expect(own.after.clusters).toBe(own.before.clusters);
  const other = changed(policy, sidecar());
  expect(other.after).toBe(other.before);
});

test('proxies of one class are given the identical maps', () => {
  const mesh = meshOf(base);
  const [a, b] = ['x', 'y'].map((name) => resolveProxy(mesh, sidecar({ name, labels: { app: name } })));
  expect(a).toBe(b);
});

test('proxies of namespaces that see nothing apart share clusters and endpoints; short names keep their routes apart', () => {
  const mesh = meshOf(base);
  const [a, b] = ['one', 'other'].map((namespace) => resolveProxy(mesh, sidecar({ namespace })));
  expect(a?.clusters).toBe(b?.clusters);
  expect(a?.endpoints).toBe(b?.endpoints);
  const [own, other] = ['shop', 'other'].map((namespace) => resolveProxy(mesh, sidecar({ namespace })));
  expect(own?.routes).not.toBe(other?.routes);
});

test('the tables of two namespaces share the virtual hosts of everyone else', () => {
  const mesh = meshOf(base);
  const [own, other] = ['shop', 'other'].map((namespace) => resolveProxy(mesh, sidecar({ namespace })));
  const hosts = [own, other].map((ir) => ir?.routes.get('80')?.virtualHosts);
  const apart = hosts[0] && hosts[1] && moved(hosts[0], hosts[1]);
  expect(apart?.length).toBeGreaterThan(0);
  for (const name of apart ?? []) expect(name).toContain('.shop.svc.cluster.local');
});

test('namespaces that see all hosts alike share tables, also where their own rules keep the classes apart', () => {
  const entries = ['one', 'other'].map(
    (namespace) => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: api, namespace: ${namespace} }
spec: { hosts: [${namespace}.example], ports: [{ number: 80, name: http, protocol: HTTP }], resolution: STATIC, endpoints: [{ address: 10.9.0.1 }] }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: api, namespace: ${namespace} }
spec: { host: ${namespace}.example, subsets: [{ name: v1, labels: { version: v1 } }] }`,
  );
  const mesh = meshOf(entries.join('\n---\n'));
  const [one, other] = ['one', 'other'].map((namespace) => resolveProxy(mesh, sidecar({ namespace })));
  expect(one?.routes.size).toBe(1);
  expect(one?.routes).toBe(other?.routes);
  expect(one?.clusters).toBe(other?.clusters);
  expect(one?.endpoints).toBe(other?.endpoints);
});

test('a change leaves tables shared that were shared, and gives all namespaces the one new virtual host', () => {
  const mesh = meshOf(base);
  const nodes = ['one', 'other', 'shop'].map((namespace) => sidecar({ namespace }));
  const before = nodes.map((node) => resolveProxy(mesh, node));
  const after = (change: string) => {
    const next = meshOf(change, mesh.settings, mesh);
    return nodes.map((node) => resolveProxy(next, node));
  };
  const ports = after(withoutVersion2);
  expect(ports[0]?.endpoints).not.toBe(before[0]?.endpoints);
  expect(ports[1]?.endpoints).toBe(ports[0]?.endpoints);
  const routed = after(toVersion1.replace('version-v1', 'version-v2')).map(
    ({ routes }) => routes.get('80')?.virtualHosts,
  );
  expect(routed[0]).not.toBe(before[0]?.routes.get('80')?.virtualHosts);
  expect(routed[1]).toBe(routed[0]);
  expect(routed[2]).not.toBe(routed[0]);
});

test('all proxies of a kind have one thing in common, which says nothing of any of them', () => {
  const mesh = meshOf(base);
  const nodes = ['x', 'y'].map((name) => sidecar({ name, labels: { app: name } }));
  const other = sidecar({ namespace: 'shop' });
  expect(sharedClassOf(other)).toBeUndefined();
  for (const node of [...nodes, other]) resolveProxy(mesh, node);
  const [one, two] = nodes.map(sharedClassOf);
  expect(one).toBeDefined();
  expect(one).toBe(two);
  expect(sharedClassOf(other)).not.toBe(one);
  expect(JSON.stringify(one)).not.toContain('10.1.0.1');
});
