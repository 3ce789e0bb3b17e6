import { expect, test } from 'vitest';
import { meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import { resolveProxy } from './resolve-proxy.js';

const service = (name: string, namespace: string, spec: string): string => `
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: ${namespace} }
spec: { ${spec}, ports: [{ name: http, port: 8000 }] }`;

const entry = (host: string, address: string): string => `
---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${host.replaceAll('.', '-')}, namespace: default }
spec:
  hosts: [${host}]
  addresses: [${address}]
  ports: [{ number: 8000, name: http, protocol: HTTP }]
  resolution: STATIC`;

function domains(
  yaml: string,
  virtualHost: string,
  said: Parameters<typeof sidecar>[0] = {},
  config = '8000',
) {
  const { routes } = resolveProxy(meshOf(yaml), sidecar(said));
  return routes.get(config)?.virtualHosts.get(virtualHost)?.domains;
}

const httpbin = service('httpbin', 'default', 'clusterIP: 10.96.1.10');
const host = 'httpbin.default.svc.cluster.local';

test('a service of the own namespace is called by its full name, with a dot, by name, with service suffix, with namespace, by address', () => {
  expect(domains(httpbin, `${host}:8000`)).toEqual([
    host,
    `${host}.`,
    'httpbin',
    'httpbin.default.svc',
    'httpbin.default',
    '10.96.1.10',
  ]);
});

test('from another namespace the bare name is not its name, and the namespace comes before the suffix', () => {
  expect(domains(httpbin, `${host}:8000`, { namespace: 'other' })).toEqual([
    host,
    `${host}.`,
    'httpbin.default',
    'httpbin.default.svc',
    '10.96.1.10',
  ]);
});

test('names are shortened only under the DNS suffix of the proxy', () => {
  expect(domains(httpbin, `${host}:8000`, { dnsDomain: 'default.svc.company.internal' })).toEqual([
    host,
    `${host}.`,
    '10.96.1.10',
  ]);
});

test('pods of a headless service are called by a name before each name of it', () => {
  const found = domains(service('db', 'default', 'clusterIP: None'), 'db.default.svc.cluster.local:8000');
  expect(found).toContain('*.db.default.svc.cluster.local');
  expect(found).toContain('*.db');
});

test('an ExternalName service is another name of the service that it stands for, and has no virtual host of its own', () => {
  const alias = service('old', 'default', `type: ExternalName, externalName: ${host}`);
  expect(domains(httpbin + alias, `${host}:8000`)).toEqual(
    expect.arrayContaining([host, 'httpbin', 'old.default.svc.cluster.local', 'old']),
  );
  expect(domains(httpbin + alias, 'old.default.svc.cluster.local:8000')).toBeUndefined();
});

test('a domain that two hosts claim is the one whose very name it is, else the first by name', () => {
  const both = entry('a.example.com', '10.0.0.1') + entry('b.example.com', '10.0.0.1');
  expect(domains(both, 'a.example.com:8000')).toEqual(['a.example.com', 'a.example.com.', '10.0.0.1']);
  expect(domains(both, 'b.example.com:8000')).toEqual(['b.example.com', 'b.example.com.']);
});

test('the HTTP proxy takes names with the port, and those of port 80 also without', () => {
  const found = domains(httpbin, `${host}:8000`, { httpProxyPort: 15080 }, 'http_proxy');
  expect(found).toContain('httpbin:8000');
  expect(found).not.toContain('httpbin');
});
