import { renderIssue } from '@istio-ts/foundation';
import { expect, test } from 'vitest';
import { coolstore, ingress, subsets, toVersion1 } from '../fixtures/coolstore.js';
import { meshOf, without } from '../fixtures/mesh-fixture.js';
import { defaultMeshSettings } from '../settings/mesh-settings.js';
import { snapshotIssues } from './snapshot-issues.js';

function told(...manifests: readonly string[]): readonly string[] {
  return snapshotIssues(meshOf(manifests.join('\n---\n'))).map(renderIssue);
}

test('a mesh without mistakes has no issues', () => {
  expect(told(coolstore, subsets, toVersion1, ingress)).toEqual([]);
});

test('a host is served once a port in one Gateway', () => {
  const front = (name: string, hosts: string): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [${hosts
    .split(' ')
    .map(
      (host, index) => `{ port: { number: 80, name: http-${index}, protocol: HTTP }, hosts: [${host}.io] }`,
    )
    .join(', ')}]`;
  expect(told(front('one', 'a b'))).toEqual([]);
  expect(told(front('one', 'a a'))).toEqual([
    expect.stringMatching(/^warning LISTENER_CONFLICT \(Gateway\/shop\/one spec\.servers\[1\]\.hosts/u),
  ]);
});

test('rules that speak of the same subset are told', () => {
  const again = subsets.replace('name: catalog,', 'name: zz,');
  expect(told(coolstore, subsets, again)).toEqual([
    expect.stringContaining('subset "version-v1"'),
    expect.stringContaining('subset "version-v2"'),
  ]);
  const mesh = meshOf([coolstore, subsets, again].join('\n---\n'));
  expect(snapshotIssues(mesh)).toHaveLength(2);
  expect(snapshotIssues(without(mesh, again))).toEqual([]);
});

test('two TCP services without addresses on one port clash, and the older one wins', () => {
  const entry = (name: string, year: number): string => `
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: ${name}, namespace: shop, creationTimestamp: '${year}-01-01T00:00:00Z' }
spec:
  hosts: [${name}.example.com]
  ports: [{ number: 3306, name: tcp, protocol: TCP }]
  resolution: DNS`;
  expect(told(entry('young', 2026), entry('old', 2025))).toEqual([
    expect.stringMatching(/LISTENER_CONFLICT \(ServiceEntry\/shop\/young.*go to old\.example\.com/u),
  ]);
});

test('a field that is read and not carried out is told at its place', () => {
  const passing = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: east, namespace: shop }
spec:
  selector: { istio: eastwest }
  servers: [{ port: { number: 15443, name: tls, protocol: TLS }, hosts: ['*.local'], tls: { mode: AUTO_PASSTHROUGH } }]`;
  expect(told(passing)).toEqual([
    expect.stringMatching(/^error FIELD_NOT_ENFORCED \(Gateway\/shop\/east spec\.servers\[0\]\.tls\.mode/u),
  ]);
  expect(
    told(
      coolstore,
      subsets.replace('  subsets:', '  trafficPolicy: { retryBudget: { percent: 20 } }\n  subsets:'),
    ),
  ).toEqual([expect.stringContaining('spec.trafficPolicy.retryBudget')]);
});

test('a credential of an SDS server that the mesh does not name is told at its place', () => {
  const front = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [a.io], tls: { mode: SIMPLE, credentialName: 'sds://web' } }]`;
  const rule = `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: out, namespace: shop }
spec: { host: a.io, trafficPolicy: { tls: { mode: SIMPLE, credentialName: 'sds://web' } } }`;
  expect(told(front, rule)).toEqual([
    expect.stringMatching(/^error PROVIDER_NOT_FOUND \(Gateway\/shop\/front spec\.servers\[0\]\.tls/u),
    expect.stringMatching(/^error PROVIDER_NOT_FOUND \(DestinationRule\/shop\/out spec\.trafficPolicy/u),
  ]);
  const settings = { ...defaultMeshSettings, sds: { host: 'sds.io', port: 8443 } };
  expect(snapshotIssues(meshOf([front, rule].join('\n---\n'), settings))).toEqual([]);
});
