import { expect, test } from 'vitest';
import { coolstore } from '../fixtures/coolstore.js';
import { gateway, meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import { defaultMeshSettings, type MeshSettings } from '../settings/mesh-settings.js';
import { resolveProxy } from './resolve-proxy.js';

const catalog = 'outbound|80||catalog.shop.svc.cluster.local';

function cluster(yaml: string, name = catalog, node = sidecar()): unknown {
  return resolveProxy(meshOf(coolstore + yaml), node).clusters.get(name);
}

const rule = (policy: string): string => `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: catalog, namespace: shop }
spec: { host: catalog, trafficPolicy: ${policy} }`;

const policy = (namespace: string, spec: string): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${namespace} }
spec: ${spec}`;

test('a service of the mesh is called by automatic mutual TLS, with the accounts of its endpoints as its names', () => {
  expect(cluster('')).toMatchObject({
    tls: {
      kind: 'auto-mtls',
      sans: ['spiffe://cluster.local/ns/shop/sa/catalog'],
      sni: 'outbound_.80_._.catalog.shop.svc.cluster.local',
    },
    policy: { loadBalancing: { kind: 'least-request' }, connectTimeoutMs: 10_000 },
    discovery: { kind: 'eds' },
  });
});

test('in a mesh with trust domain aliases its names are those of every trust domain', () => {
  const mesh = meshOf(coolstore, { ...defaultMeshSettings, trustDomainAliases: ['old.example'] });
  expect(resolveProxy(mesh, sidecar()).clusters.get(catalog)).toMatchObject({
    tls: { sans: ['spiffe://cluster.local/ns/shop/sa/catalog', 'spiffe://old.example/ns/shop/sa/catalog'] },
  });
});

test('where its namespace, or the mesh, refuses mutual TLS it is called in plain text', () => {
  expect(cluster(policy('shop', '{ mtls: { mode: DISABLE } }'))).toMatchObject({ tls: { kind: 'plain' } });
  expect(cluster(policy('istio-system', '{ mtls: { mode: DISABLE } }'))).toMatchObject({
    tls: { kind: 'plain' },
  });
  expect(cluster(policy('other', '{ mtls: { mode: DISABLE } }'))).toMatchObject({
    tls: { kind: 'auto-mtls' },
  });
});

test('a workload that refuses mutual TLS on the port says so on its endpoint alone', () => {
  const own = policy(
    'shop',
    '{ selector: { matchLabels: { version: v2 } }, portLevelMtls: { 3000: { mode: DISABLE } } }',
  );
  const { endpoints } = resolveProxy(meshOf(coolstore + own), sidecar());
  expect(endpoints.get(catalog)?.localities[0]?.endpoints.map(({ mtls }) => mtls)).toEqual([true, false]);
});

test('TLS of a rule replaces automatic mutual TLS', () => {
  expect(cluster(rule('{ tls: { mode: DISABLE } }'))).toMatchObject({ tls: { kind: 'plain' } });
  expect(cluster(rule('{ tls: { mode: ISTIO_MUTUAL } }'))).toMatchObject({ tls: { kind: 'istio-mutual' } });
  expect(cluster(rule('{ tls: { mode: SIMPLE, sni: a.io } }'))).toMatchObject({
    tls: { kind: 'simple', sni: 'a.io' },
  });
});

test('a credential by name is for gateways, and for sidecars that the rule picks', () => {
  const named = '{ tls: { mode: SIMPLE, credentialName: cert } }';
  const byName = { tls: { certificates: { kind: 'credential', certificate: { name: 'cert' } } } };
  expect(cluster(rule(named), catalog, gateway())).toMatchObject(byName);
  expect(cluster(rule(named))).toMatchObject({ tls: { certificates: { kind: 'files' } } });
  const picking = rule(`${named}, workloadSelector: { matchLabels: { app: client } }`);
  expect(cluster(picking, catalog, sidecar({ namespace: 'shop' }))).toMatchObject(byName);
});

const entry = (spec: string): string => `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: out, namespace: default }
spec: { hosts: [a.io], ports: [{ number: 443, name: tls, protocol: TLS }], ${spec} }`;

test('a ServiceEntry is found by DNS, by its endpoints, or where the client was going, and is outside the mesh', () => {
  const name = 'outbound|443||a.io';
  expect(cluster(entry('resolution: DNS'), name)).toMatchObject({
    external: true,
    tls: { kind: 'plain' },
    discovery: {
      kind: 'strict-dns',
      refreshMs: 60_000,
      endpoints: { localities: [{ endpoints: [{ address: { kind: 'name', name: 'a.io', port: 443 } }] }] },
    },
  });
  expect(cluster(entry('resolution: STATIC, endpoints: [{ address: 1.2.3.4 }]'), name)).toMatchObject({
    discovery: { kind: 'eds' },
  });
  expect(cluster(entry('resolution: NONE'), name)).toMatchObject({ discovery: { kind: 'original-dst' } });
});

const wildcard = `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: out, namespace: default }
spec:
  hosts: ['*.a.io']
  ports: [{ number: 80, name: http, protocol: HTTP }, { number: 443, name: tls, protocol: TLS }]
  resolution: DYNAMIC_DNS`;

test('a ServiceEntry by DYNAMIC_DNS has no endpoints: each call names its host', () => {
  for (const port of [80, 443]) {
    expect(cluster(wildcard, `outbound|${port}||*.a.io`)).toMatchObject({
      discovery: { kind: 'dynamic-dns', refreshMs: 60_000 },
      tls: { kind: 'plain' },
    });
  }
  const { listeners, endpoints } = resolveProxy(meshOf(wildcard), sidecar());
  expect([...endpoints.keys()]).toEqual([]);
  expect(listeners.get('0.0.0.0_80')).toMatchObject({ chains: [{ kind: 'http', dynamicDns: true }] });
  expect(listeners.get('0.0.0.0_443')).toMatchObject({
    chains: [{ match: { serverNames: ['*.a.io'] }, route: { dynamicDnsPort: 443 } }],
  });
});

test('the policy that unknown hosts are looked up has a cluster for them, with the TLS that it states', () => {
  const settings = { ...defaultMeshSettings, outboundPolicy: 'dynamic-dns' } as const;
  const clusterWith = (outboundTls: MeshSettings['outboundTls'], node = sidecar()) =>
    resolveProxy(meshOf('', { ...settings, outboundTls }), node).clusters.get('AllowAnyDynamicDNSCluster');
  expect(clusterWith(undefined)).toMatchObject({ kind: 'dynamic-dns', tls: { kind: 'plain' } });
  expect(clusterWith({ mode: 'SIMPLE' })).toMatchObject({ tls: { kind: 'simple', sni: undefined } });
  expect(clusterWith(undefined, gateway())).toBeUndefined();
});

test('a headless service goes where the client was going on sidecars, to its endpoints on gateways', () => {
  const headless = `
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { clusterIP: None, ports: [{ name: tcp, port: 5432 }] }`;
  const name = 'outbound|5432||db.shop.svc.cluster.local';
  expect(cluster(headless, name)).toMatchObject({ discovery: { kind: 'original-dst' } });
  expect(cluster(headless, name, gateway())).toMatchObject({ discovery: { kind: 'eds' } });
});

test('localities have priorities by nearness where failures are detected, and none otherwise', () => {
  const spread = entry(
    'resolution: STATIC, location: MESH_INTERNAL, endpoints: [{ address: 1.1.1.1, locality: r1/z1 }, { address: 2.2.2.2, locality: r1/z2 }, { address: 3.3.3.3, locality: r2/z1 }]',
  );
  const detecting = `
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: out, namespace: default }
spec: { host: a.io, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } }`;
  const at = (yaml: string): unknown =>
    resolveProxy(meshOf(yaml), sidecar({ locality: { region: 'r1', zone: 'z2', subzone: '' } }))
      .endpoints.get('outbound|443||a.io')
      ?.localities.map(({ locality, priority }) => [`${locality.region}/${locality.zone}`, priority]);
  expect(at(spread)).toEqual([
    ['r1/z1', 0],
    ['r1/z2', 0],
    ['r2/z1', 0],
  ]);
  expect(at(spread + detecting)).toEqual([
    ['r1/z1', 1],
    ['r1/z2', 0],
    ['r2/z1', 2],
  ]);
});
