import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { istio, join, pod, service } from '../testing/manifests.js';
import { caCertificateAnalyzer } from './ca-certificate.js';
import { subsetSelectPodAnalyzer } from './subset-select-pod.js';

const rule = (spec: string) => istio('DestinationRule', { name: 'db' }, `{ host: db, ${spec} }`);

test('TLS without a certificate to check the server with is told, for the host and for each port', () => {
  const analyze = (spec: string) => analyzeText(caCertificateAnalyzer, rule(spec));
  const whole = ['IST0128 DestinationRule/default/db spec.trafficPolicy.tls'];
  expect(analyze('trafficPolicy: { tls: { mode: SIMPLE } }')).toEqual(whole);
  expect(analyze('trafficPolicy: { tls: { mode: SIMPLE, caCertificates: /ca.pem } }')).toEqual([]);
  expect(analyze('trafficPolicy: { tls: { mode: SIMPLE, insecureSkipVerify: true } }')).toEqual(whole);
  expect(analyze('trafficPolicy: { tls: { mode: ISTIO_MUTUAL } }')).toEqual([]);
  const credential = 'trafficPolicy: { tls: { mode: SIMPLE, credentialName: db } }';
  expect(analyze(credential)).toEqual(whole);
  expect(analyze(`${credential}, workloadSelector: { matchLabels: { app: web } }`)).toEqual([]);
  const port = '{ port: { number: 443 }, tls: { mode: SIMPLE } }';
  expect(analyze(`trafficPolicy: { portLevelSettings: [${port}] }`)).toEqual([
    'IST0129 DestinationRule/default/db spec.trafficPolicy.portLevelSettings[0].tls',
  ]);
});

test('the host has to exist, and each subset needs a pod, or a Deployment that would make one', () => {
  const db = service({ name: 'db' }, '{ selector: { app: db }, ports: [{ port: 80 }] }');
  const subset = (labels: string) => rule(`subsets: [{ name: one, labels: ${labels} }]`);
  const analyze = (...texts: readonly string[]) => analyzeText(subsetSelectPodAnalyzer, join(...texts));
  const first = pod({ name: 'db-1' }, '{ app: db, version: v1 }', '{ nodeName: n1 }');
  const node =
    '\napiVersion: v1\nkind: Node\nmetadata: { name: n1, labels: { topology.kubernetes.io/zone: z1 } }';
  const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: db-2, namespace: default }
spec: { template: { metadata: { labels: { app: db, version: v2 } } } }`;
  expect(analyze(subset('{ version: v1 }'), first)).toEqual(['IST0174 DestinationRule/default/db spec.host']);
  expect(analyze(subset('{ version: v1 }'), db, first)).toEqual([]);
  expect(analyze(subset('{ version: v2 }'), db, first)).toEqual([
    'IST0173 DestinationRule/default/db spec.subsets[0]',
  ]);
  expect(analyze(subset('{ version: v2 }'), db, first, deployment)).toEqual([]);
  expect(analyze(subset('{ topology.kubernetes.io/zone: z1 }'), db, first, node)).toEqual([]);
  expect(analyze(subset('{ topology.kubernetes.io/zone: z2 }'), db, first, node)).toHaveLength(1);
  expect(analyze(subset('{ kubernetes.io/hostname: n1 }'), db, first)).toEqual([]);
});

test('the workloads of a ServiceEntry are those that it selects', () => {
  const entry = (rest: string) =>
    istio(
      'ServiceEntry',
      { name: 'db' },
      `{ hosts: [db.example.com], resolution: STATIC, ports: [{ number: 80, name: http, protocol: HTTP }]${rest} }`,
    );
  const external = istio(
    'DestinationRule',
    { name: 'db' },
    '{ host: db.example.com, subsets: [{ name: v1, labels: { version: v1 } }] }',
  );
  const first = pod({ name: 'db-1', namespace: 'other' }, '{ app: db, version: v1 }');
  const selecting = (app: string) => entry(`, workloadSelector: { labels: { app: ${app} } }`);
  const analyze = (...texts: readonly string[]) =>
    analyzeText(subsetSelectPodAnalyzer, join(external, ...texts));
  const none = ['IST0173 DestinationRule/default/db spec.subsets[0]'];
  expect(analyze(entry(''))).toEqual(none);
  expect(analyze(entry(''), first)).toEqual([]);
  expect(analyze(selecting('db'), first)).toEqual([]);
  expect(analyze(selecting('web'), first)).toEqual(none);
});

test('a rule sees the hosts of the namespaces that it is exported to', () => {
  const hidden = istio(
    'ServiceEntry',
    { name: 'db', namespace: 'other' },
    '{ hosts: [db.example.com], exportTo: ["."], resolution: DNS, ports: [{ number: 80, name: http, protocol: HTTP }] }',
  );
  const external = (exportTo: string) =>
    istio('DestinationRule', { name: 'db' }, `{ host: db.example.com, exportTo: [${exportTo}] }`);
  const analyze = (exportTo: string) =>
    analyzeText(subsetSelectPodAnalyzer, join(external(exportTo), hidden));
  expect(analyze('')).toEqual(['IST0174 DestinationRule/default/db spec.host']);
  expect(analyze('"."')).toHaveLength(1);
  expect(analyze('other')).toEqual([]);
});
