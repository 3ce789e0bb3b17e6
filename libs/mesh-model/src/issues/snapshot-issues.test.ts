import { renderIssue } from '@istio-ts/foundation';
import { expect, test } from 'vitest';
import { coolstore, ingress, subsets, toVersion1 } from '../fixtures/coolstore.js';
import { meshOf, without } from '../fixtures/mesh-fixture.js';
import { snapshotIssues } from './snapshot-issues.js';

function told(...manifests: readonly string[]): readonly string[] {
  return snapshotIssues(meshOf(manifests.join('\n---\n'))).map(renderIssue);
}

const routeTo = (destination: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: routes, namespace: shop }
spec: { hosts: [webapp], http: [{ route: [{ destination: ${destination} }] }] }`;

test('a mesh without mistakes has no issues', () => {
  expect(told(coolstore, subsets, toVersion1, ingress)).toEqual([]);
});

test('a route to an unknown host says where it stands and what its requests get', () => {
  expect(told(coolstore, routeTo('{ host: catalogue }'))).toEqual([
    expect.stringMatching(
      /^error IST0101 \(VirtualService\/shop\/routes spec\.http\[0\]\.route\[0\]\.destination\.host at test\.yaml:\d+.*catalogue\.shop\.svc\.cluster\.local.*503/u,
    ),
  ]);
});

test('a route to a subset is wrong until a rule defines the subset, and again when the rule goes', () => {
  const before = meshOf(`${coolstore}---${toVersion1}`);
  expect(snapshotIssues(before).map(({ path }) => path)).toEqual([
    'spec.http[0].route[0].destination.subset',
  ]);
  const after = meshOf(subsets, before.settings, before);
  expect(snapshotIssues(after)).toEqual([]);
  expect(snapshotIssues(without(after, subsets))).toHaveLength(1);
});

test('a route to a service of several ports has to name one', () => {
  const mesh = told(coolstore, routeTo('{ host: istio-ingressgateway.istio-system.svc.cluster.local }'));
  expect(mesh).toEqual([expect.stringContaining('IST0112')]);
});

test('a VirtualService is told of a gateway that does not exist and of hosts that a gateway does not serve', () => {
  const bound = (gateway: string, host: string): string => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: bound, namespace: shop }
spec: { hosts: [${host}], gateways: [${gateway}], http: [{ route: [{ destination: { host: webapp } }] }] }`;
  expect(told(coolstore, ingress, bound('coolstor', 'webapp.istioinaction.io'))).toEqual([
    expect.stringContaining('IST0101'),
  ]);
  expect(told(coolstore, ingress, bound('coolstore', 'other.example.com'))).toEqual([
    expect.stringContaining('IST0132'),
  ]);
});

test('of two VirtualServices for one host the younger one is told, whatever comes first', () => {
  const twice = toVersion1.replace(
    'name: catalog, namespace: shop',
    "name: again, namespace: shop, creationTimestamp: '2026-01-01T00:00:00Z'",
  );
  expect(told(coolstore, subsets, twice, toVersion1)).toEqual([
    expect.stringMatching(/^error IST0109 \(VirtualService\/shop\/again/u),
  ]);
});

test('a host is served once a port and selector, in one gateway and over all of them', () => {
  const front = (name: string, hosts: string): string => `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [${hosts
    .split(' ')
    .map((host) => `{ port: { number: 80, name: http-${host}, protocol: HTTP }, hosts: [${host}.io] }`)
    .join(', ')}]`;
  expect(told(front('one', 'a b'), front('two', 'c'))).toEqual([]);
  expect(told(front('one', 'a'), front('two', 'a'))).toEqual([expect.stringContaining('gateway shop/one')]);
});

test('rules for hosts that are not there and rules that speak of the same subset are told', () => {
  const again = subsets.replace('name: catalog,', 'name: zz,');
  expect(told(subsets)).toEqual([expect.stringContaining('IST0174')]);
  expect(told(coolstore, subsets, again)).toEqual([
    expect.stringContaining('subset "version-v1"'),
    expect.stringContaining('subset "version-v2"'),
  ]);
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
