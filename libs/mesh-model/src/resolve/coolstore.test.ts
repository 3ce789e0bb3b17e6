import { expect, test } from 'vitest';
import { coolstore, ingress, subsets, toVersion1 } from '../fixtures/coolstore.js';
import { gateway, meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import { resolveProxy } from './resolve-proxy.js';

const webapp = sidecar({
  namespace: 'shop',
  name: 'webapp-a',
  ipAddresses: ['10.1.0.4'],
  labels: { app: 'webapp' },
});

test('a sidecar holds every visible service, each subset of it, and what all sidecars have', () => {
  const { clusters, endpoints } = resolveProxy(meshOf(coolstore + '---' + subsets), webapp);
  expect([...clusters.keys()]).toEqual([
    'BlackHoleCluster',
    'InboundPassthroughCluster',
    'PassthroughCluster',
    'inbound|8080||',
    'outbound|443||istio-ingressgateway.istio-system.svc.cluster.local',
    'outbound|80|version-v1|catalog.shop.svc.cluster.local',
    'outbound|80|version-v2|catalog.shop.svc.cluster.local',
    'outbound|80||catalog.shop.svc.cluster.local',
    'outbound|80||istio-ingressgateway.istio-system.svc.cluster.local',
    'outbound|80||webapp.shop.svc.cluster.local',
  ]);
  expect(endpoints.get('outbound|80|version-v1|catalog.shop.svc.cluster.local')?.localities).toMatchObject([
    { endpoints: [{ address: { ip: '10.1.0.2', port: 3000 }, mtls: true, health: 'healthy' }] },
  ]);
});

test('HTTP services of one port share a listener and a route configuration', () => {
  const { listeners, routes } = resolveProxy(meshOf(coolstore + '---' + toVersion1), webapp);
  expect([...listeners.keys()]).toEqual(['0.0.0.0_80', '10.96.0.9_443', 'virtualInbound', 'virtualOutbound']);
  expect([...routes.keys()]).toEqual(['80']);
  const catalog = routes.get('80')?.virtualHosts.get('catalog.shop.svc.cluster.local:80');
  expect(catalog?.domains).toEqual([
    'catalog.shop.svc.cluster.local',
    'catalog.shop.svc.cluster.local.',
    'catalog',
    'catalog.shop.svc',
    'catalog.shop',
    '10.96.0.2',
  ]);
  expect(catalog?.routes).toMatchObject([
    { action: { destinations: [{ cluster: 'outbound|80|version-v1|catalog.shop.svc.cluster.local' }] } },
  ]);
});

test('a gateway listens on the target port of its service and routes the hosts that server and routes share', () => {
  const { listeners, routes } = resolveProxy(meshOf(coolstore + '---' + ingress), gateway());
  expect([...listeners.keys()]).toEqual(['0.0.0.0_8080']);
  expect([...(routes.get('http.8080')?.virtualHosts.values() ?? [])]).toMatchObject([
    {
      name: 'webapp.istioinaction.io:80',
      domains: ['webapp.istioinaction.io'],
      routes: [{ action: { destinations: [{ cluster: 'outbound|80||webapp.shop.svc.cluster.local' }] } }],
    },
  ]);
});
