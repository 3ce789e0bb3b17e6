import { expect, test } from 'vitest';
import { FakeMesh, istioctl } from '../../testing/run-for-test.js';

const rule = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: { name: 'db', namespace: 'shop' },
  spec: { host: 'db.example.com', trafficPolicy: { tls: { mode: 'SIMPLE', sni: 'db.example.com' } } },
};
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', annotations: { 'sidecar.istio.io/bootstrapOverride': 'x' } },
  spec: { containers: [{ name: 'web' }] },
};
const mesh = (...objects: readonly object[]) => new FakeMesh({ objects });
const see =
  'See https://istio.io/v1.13/docs/reference/config/analysis for more information about causes and resolutions.';

test('where nothing is in the way it is safe, which is said', async () => {
  const { status, out, error } = await istioctl('x precheck', { mesh: mesh(rule) });
  expect({ status, out }).toEqual({ status: 0, out: '' });
  expect(error).toMatch(
    /^✔ No issues found when checking the cluster\. Istio is safe to install or upgrade!\n/,
  );
});

test('what an upgrade changes is told from the version on that it comes from, and is a failure', async () => {
  const run = (version: string) => istioctl(`experimental precheck -f ${version}`, { mesh: mesh(rule) });
  const old = await run('1.20');
  expect(old.status).toBe(1);
  expect(old.out).toMatch(/^Warning \[IST0169\] \(DestinationRule db\.shop\) VERIFY_CERTIFICATE_AT_CLIENT /);
  expect(old.error).toBe(
    `Error: Issues found when checking the cluster. Istio may not be safe to install or upgrade.\n${see}\n`,
  );
  expect((await run('1.21')).status).toBe(0);
});

test.each([
  ['1', "invalid version 1, expected format like '1.0'"],
  ['1.2.3', "invalid version 1.2.3, expected format like '1.0'"],
  ['2.0', 'expected major version 1, got 2.0'],
  ['1.x', 'minor version is not a number: x'],
])('%s is no version: %s', async (version, words) => {
  const { status, error } = await istioctl(`x precheck --from-version ${version}`, { mesh: mesh() });
  expect(status).toBe(1);
  expect(error).toContain(words);
});

test('what is worth less than a warning is shown on request', async () => {
  const run = (rest: string) => istioctl(`x precheck --output-threshold Info ${rest}`, { mesh: mesh(pod) });
  const line = 'Info [IST0136] (Pod web.shop) ';
  const { status, out } = await run('-n shop');
  expect(out.slice(0, line.length)).toBe(line);
  expect(status).toBe(0);
  expect((await run('-n other')).out).toBe('');
  expect((await run('--skip-controlplane')).out).toBe('');
  expect((await istioctl('x precheck', { mesh: mesh(pod) })).out).toBe('');
});

test('applications of the running mesh have to listen on more than localhost', async () => {
  const running = {
    ...pod,
    metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
    spec: { containers: [{ name: 'web' }, { name: 'istio-proxy' }] },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80 }] },
  };
  const living = (isLocal: boolean) =>
    new FakeMesh({
      objects: [running, service],
      pods: [
        { name: 'web', namespace: 'shop', labels: {}, ready: true },
        { name: 'late', namespace: 'shop', labels: {}, ready: false },
        { name: 'gone', namespace: 'other', labels: {}, ready: true },
      ],
      sockets: { web: [{ port: 80, isLocal }] },
    });
  const { status, out, error } = await istioctl('x precheck', { mesh: living(true) });
  expect(status).toBe(1);
  expect(out).toMatch(
    /^Error \[IST0143\] \(Pod web\.shop\) Port 80 of the Service is listened to on localhost/,
  );
  expect(error).toMatch(/^Not looked at: nothing runs in gone\n/);
  expect((await istioctl('x precheck -n shop', { mesh: living(false) })).error).toMatch(/^✔ No issues found/);
});

test('files are looked at instead of the mesh, for programs too', async () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: httproutes.gateway.networking.k8s.io }
spec:
  group: gateway.networking.k8s.io
  names: { kind: HTTPRoute }
  versions: [{ name: v1alpha2, served: true }]
`;
  const { status, out } = await istioctl('exp precheck -o json crds.yaml', {
    files: { 'crds.yaml': definition },
  });
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject([
    { code: 'IST0156', origin: 'CustomResourceDefinition httproutes.gateway.networking.k8s.io' },
    { code: 'IST0172', level: 'Warning' },
  ]);
});

test('without files and without a mesh there is nothing to look at', async () => {
  expect((await istioctl('x precheck')).error).toContain('no mesh answers');
});
