import { describe, expect, it } from 'vitest';
import { isKind } from '../resource.js';
import { parseManifests } from '../manifest/parse-manifests.js';
import { renderAge } from './age.js';
import { printerColumns } from './printer-columns.js';

const nowMs = 1_767_268_800_000;

function row(text: string): Readonly<Record<string, string>> {
  const [resource] = parseManifests(text, { file: 'x', source: 's', cluster: 'c' }).resources;
  if (resource === undefined) throw new Error(`not accepted: ${text}`);
  const columns = printerColumns(resource.kind);
  return Object.fromEntries(columns.map(({ header, value }) => [header, value(resource, nowMs)]));
}

describe('printerColumns', () => {
  it('shows a VirtualService as kubectl does', () => {
    expect(
      row(`apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, creationTimestamp: "2026-01-01T11:57:30Z"}
spec:
  hosts: [web.example.com, web]
  gateways: [coolstore-gateway]
  http: [{route: [{destination: {host: web}}]}]`),
    ).toEqual({
      NAME: 'web',
      GATEWAYS: '["coolstore-gateway"]',
      HOSTS: '["web.example.com","web"]',
      AGE: '2m30s',
    });
  });

  it('shows what runs of a Pod', () => {
    expect(
      row(`apiVersion: v1
kind: Pod
metadata: {name: web-1}
spec: {containers: [{name: web}, {name: istio-proxy}]}
status:
  phase: Running
  containerStatuses:
  - {name: web, ready: true, restartCount: 2}
  - {name: istio-proxy, ready: false, restartCount: 1, state: {waiting: {reason: CrashLoopBackOff}}}`),
    ).toEqual({ NAME: 'web-1', READY: '1/2', STATUS: 'CrashLoopBackOff', RESTARTS: '3', AGE: '<unknown>' });
  });

  it('shows the ports and addresses of a Service', () => {
    const text = `apiVersion: v1
kind: Service
metadata: {name: gateway}
spec: {type: LoadBalancer, clusterIP: 10.0.0.1, ports: [{port: 80, nodePort: 31380}, {port: 53, protocol: UDP}]}`;
    expect(row(text)).toMatchObject({
      TYPE: 'LoadBalancer',
      'CLUSTER-IP': '10.0.0.1',
      'EXTERNAL-IP': '<pending>',
      'PORT(S)': '80:31380/TCP,53/UDP',
    });
  });

  it('gives every kind at least a name and an age', () => {
    expect(printerColumns('Gateway').map(({ header }) => header)).toEqual(['NAME', 'AGE']);
    expect(printerColumns('EnvoyFilter').map(({ header }) => header)).toEqual(['NAME', 'AGE']);
  });

  it('is typed by kind', () => {
    const [resource] = parseManifests(
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: YQ==}\nstringData: {a: b, c: d}',
      { file: 'x', source: 's', cluster: 'c' },
    ).resources;
    const data = printerColumns('Secret').find(({ header }) => header === 'DATA');
    expect(resource && isKind(resource, 'Secret') && data?.value(resource, nowMs)).toBe('2');
  });
});

describe('renderAge', () => {
  it.each([
    [-5, '0s'],
    [119, '119s'],
    [120, '2m'],
    [599, '9m59s'],
    [3_600, '60m'],
    [3 * 3_600, '3h'],
    [5 * 3_600 + 120, '5h2m'],
    [47 * 3_600, '47h'],
    [3 * 86_400 + 7_200, '3d2h'],
    [400 * 86_400, '400d'],
    [3 * 365 * 86_400 + 86_400, '3y1d'],
    [9 * 365 * 86_400, '9y'],
  ])('tells %d seconds as %s', (seconds, text) => {
    expect(renderAge(seconds * 1_000)).toBe(text);
  });
});
