import { expect, test } from 'vitest';
import { istioctl } from '../../testing/run-for-test.js';

const good = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web }
spec: { host: web }
`;
const bad = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: web }
spec:
  hosts: [web]
  http:
  - route:
    - destination: { host: web, subsett: v1 }
`;
const deprecated = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: web }
spec: { host: web, trafficPolicy: { outlierDetection: { consecutiveErrors: 7 } } }
`;

test('every file that is valid is said to be', async () => {
  const files = {
    'm/a.yaml': good,
    'm/in/b.json': JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }),
  };
  expect(await istioctl('validate -f m', { files })).toEqual({
    status: 0,
    out: '"m/a.yaml" is valid\n"m/in/b.json" is valid\n',
    error: '',
  });
});

test('what would be refused is told with its place, and is a failure', async () => {
  const { status, out, error } = await istioctl('validate -f good.yaml -f bad.yaml', {
    files: { 'good.yaml': good, 'bad.yaml': bad },
  });
  expect({ status, out }).toEqual({ status: 1, out: '"good.yaml" is valid\n' });
  expect(error).toBe(`Error: 1 error occurred:
	* VirtualService//web: spec.http[0].route[0].destination.subsett: there is no field "subsett" here; did you mean "subset"? (bad.yaml:8:42)
    6 |   http:
    7 |   - route:
  > 8 |     - destination: { host: web, subsett: v1 }
      |                                          ^

`);
});

test('a warning is told and is no failure; the namespace is the one that was asked for', async () => {
  const { status, out } = await istioctl('v -f - -n shop', { files: { '-': deprecated } });
  expect(status).toBe(0);
  expect(out).toMatch(
    /^"-" has warnings: \n\t\* DestinationRule\/shop\/web: spec\.trafficPolicy\.outlierDetection/,
  );
});

test('what an API server would refuse is told, and what Envoy would not understand in an EnvoyFilter', async () => {
  const files = {
    'entry.yaml':
      'apiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata: {name: a}\nspec: {address: 10.0.0.1, network: null}\n',
    'filter.yaml': [
      'apiVersion: networking.istio.io/v1alpha3',
      'kind: EnvoyFilter',
      'metadata: {name: a}',
      'spec:',
      '  configPatches:',
      '  - applyTo: CLUSTER',
      '    patch:',
      '      operation: MERGE',
      '      value:',
      '        lb_policy: RANDOMLY',
      '        connect_timout: 5s',
    ].join('\n'),
  };
  const { status, out, error } = await istioctl('validate -f entry.yaml -f filter.yaml', { files });
  expect(status).toBe(1);
  expect(error).toContain('WorkloadEntry//a: spec.network: is null; leave it out (entry.yaml:4:36)');
  expect(error).toMatch(
    /value\.lb_policy: expected one of ROUND_ROBIN, .*found "RANDOMLY" \(filter\.yaml:10:20\)/u,
  );
  expect(out).toContain('Cluster has no field "connect_timout" (filter.yaml:11:25)');
});

test('a port of a Service says its protocol', async () => {
  const service = (name: string) => `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80, name: ${name} }] }
`;
  expect((await istioctl('validate -f a.yaml', { files: { 'a.yaml': service('http-web') } })).status).toBe(0);
  const { status, error } = await istioctl('validate -f a.yaml', { files: { 'a.yaml': service('web') } });
  expect(status).toBe(1);
  expect(error).toContain('Service//web: spec.ports[0].name');
});

test('what the API server would refuse by the rules of the kind is refused', async () => {
  const policy = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: web }
spec: { selector: { matchLabels: { app: web } }, targetRefs: [{ kind: Service, name: web }] }
`;
  expect((await istioctl('validate -f a.yaml', { files: { 'a.yaml': policy } })).status).toBe(1);
});

test.each([
  ['validate', 'must specify resources by --filename'],
  ['validate -f gone.yaml', 'reading gone.yaml'],
  ['validate -f a.yaml more', 'too many arguments'],
])('%s: %s', async (line, message) => {
  const { status, error } = await istioctl(line, { files: { 'a.yaml': good } });
  expect(status).toBe(1);
  expect(error).toContain(message);
});
