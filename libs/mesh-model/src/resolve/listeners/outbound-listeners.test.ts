import type { OutboundListenerIr } from '@istio-ts/mesh-ir';
import { expect, test } from 'vitest';
import { meshOf, sidecar } from '../../fixtures/mesh-fixture.js';
import { defaultMeshSettings } from '../../settings/mesh-settings.js';
import { resolveProxy } from '../resolve-proxy.js';

const service = (name: string, spec: string, ports: string): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: default }
spec: { ${spec}, ports: ${ports} }`;

function listeners(
  yaml: string,
  said: Parameters<typeof sidecar>[0] = {},
): ReadonlyMap<string, OutboundListenerIr> {
  const found = resolveProxy(meshOf(yaml), sidecar(said)).listeners;
  return new Map(
    [...found].flatMap(([name, listener]) =>
      listener.kind === 'outbound' ? [[name, listener] as const] : [],
    ),
  );
}

test('HTTP shares the wildcard address, TCP and undeclared ports have the service’s own, UDP has none', () => {
  const dns = service(
    'dns',
    'clusterIP: 10.96.0.10',
    '[{ name: dns, port: 53, protocol: UDP }, { name: dns-tcp, port: 53 }, { name: metrics, port: 9153 }, { name: http, port: 80 }]',
  );
  const found = listeners(dns);
  expect([...found.keys()]).toEqual(['0.0.0.0_80', '10.96.0.10_53', '10.96.0.10_9153']);
  const host = 'dns.default.svc.cluster.local';
  expect(found.get('0.0.0.0_80')).toMatchObject({
    chains: [{ kind: 'http', routeConfig: '80' }],
    fallback: 'passthrough',
  });
  expect(found.get('10.96.0.10_53')?.chains).toMatchObject([
    { kind: 'tcp', route: { statPrefix: `outbound|53||${host}` } },
  ]);
  expect(found.get('10.96.0.10_9153')?.chains).toMatchObject([
    { kind: 'http', routeConfig: `${host}:9153` },
    { kind: 'tcp', route: { statPrefix: `outbound|9153||${host}` } },
  ]);
  expect(found.get('10.96.0.10_9153')?.fallback).toBeUndefined();
});

test('with REGISTRY_ONLY what no chain takes goes nowhere', () => {
  const settings = { ...defaultMeshSettings, outboundPolicy: 'registry-only' as const };
  const mesh = meshOf(service('web', 'clusterIP: 10.96.0.1', '[{ name: http, port: 80 }]'), settings);
  const { listeners: found, routes } = resolveProxy(mesh, sidecar());
  expect(found.get('0.0.0.0_80')).toMatchObject({ fallback: 'black-hole' });
  expect(found.get('virtualOutbound')).toMatchObject({ policy: 'registry-only' });
  expect(routes.get('80')?.catchAll).toEqual({ kind: 'block-all' });
});

const headlessDb = `${service('db', 'clusterIP: None', '[{ name: tcp, port: 5432 }]')}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, namespace: default, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
ports: [{ name: tcp, port: 5432 }]
endpoints: [{ addresses: [10.1.0.7] }, { addresses: [10.1.0.8] }]`;

test('a headless TCP service is listened for at each of its endpoints', () => {
  expect([...listeners(headlessDb).keys()]).toEqual(['10.1.0.7_5432', '10.1.0.8_5432']);
});

test('a member of a headless service does not listen outbound for its own address', () => {
  expect([...listeners(headlessDb, { ipAddresses: ['10.1.0.7'] }).keys()]).toEqual(['10.1.0.8_5432']);
});

test('a workload that is not captured has its HTTP proxy, inbound ports as listeners, and no listener towards services', () => {
  const web = service(
    'web',
    'clusterIP: 10.96.0.1, selector: { app: client }',
    '[{ name: http, port: 80, targetPort: 3000 }]',
  );
  const node = sidecar({
    interception: 'none',
    bindAddress: '127.0.5.1',
    httpProxyPort: 15080,
    applicationPorts: { 3000: 20_000 },
  });
  const { listeners: found, routes, clusters } = resolveProxy(meshOf(web), node);
  expect([...found.keys()]).toEqual(['127.0.5.1_15080', '127.0.5.1_3000']);
  expect([...routes.keys()]).toEqual(['http_proxy']);
  expect(clusters.get('inbound|3000||')).toMatchObject({ address: { ip: '127.0.5.1', port: 20_000 } });
});

test('TLS on a shared address is told apart by the host’s name, and a tls route sends it elsewhere', () => {
  const entry = `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: out, namespace: default }
spec: { hosts: [a.io], ports: [{ number: 443, name: tls, protocol: TLS }], resolution: DNS }`;
  expect(listeners(entry).get('0.0.0.0_443')?.chains).toMatchObject([
    {
      kind: 'tcp',
      match: { serverNames: ['a.io'] },
      route: { destinations: [{ cluster: 'outbound|443||a.io' }] },
    },
  ]);
  const route = `
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: out, namespace: default }
spec: { hosts: [a.io], tls: [{ match: [{ sniHosts: [a.io] }], route: [{ destination: { host: b.io, port: { number: 8443 } } }] }] }`;
  expect(listeners(entry + route).get('0.0.0.0_443')?.chains).toMatchObject([
    { match: { serverNames: ['a.io'] }, route: { destinations: [{ cluster: 'outbound|8443||b.io' }] } },
  ]);
});
