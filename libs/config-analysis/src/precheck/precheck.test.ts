import { defaultMeshConfig } from '@istio-ts/config-model';
import { expect, test } from 'vitest';
import { meshConfigObject } from '../analyze-snapshot.js';
import { readClusterObject } from '../read-cluster-object.js';
import { analyzeText, findIssues } from '../testing/analyze-text.js';
import { istio, service } from '../testing/manifests.js';
import { alphaAnnotationsAnalyzer } from './alpha-annotations.js';
import { gatewayApiVersionAnalyzer } from './gateway-api-version.js';
import { upgradeAnalyzer } from './upgrade.js';

const origin = { source: 'test', cluster: 'Kubernetes' };

test('an annotation that is not settled is told, unless Istio wrote it itself', () => {
  const annotated = (annotation: string, spec = '{}') => `
apiVersion: v1
kind: Pod
metadata: { name: web, annotations: { ${annotation} } }
spec: ${spec}`;
  const count = (annotation: string, spec?: string) =>
    analyzeText(alphaAnnotationsAnalyzer, annotated(annotation, spec)).length;
  expect(analyzeText(alphaAnnotationsAnalyzer, annotated('sidecar.istio.io/bootstrapOverride: x'))).toEqual([
    'IST0136 Pod/default/web metadata.annotations["sidecar.istio.io/bootstrapOverride"]',
  ]);
  expect(count('sidecar.istio.io/userVolumeMount: "[]"')).toBe(1);
  expect(count('sidecar.istio.io/logLevel: debug')).toBe(1);
  expect(count('sidecar.istio.io/inject: "true"')).toBe(0);
  expect(count('example.com/bootstrapOverride: x')).toBe(0);
  expect(count('sidecar.istio.io/status: "{}"')).toBe(0);
  expect(count('istio.io/rev: canary')).toBe(0);
  const mode = 'sidecar.istio.io/interceptionMode: TPROXY';
  expect(count(mode)).toBe(0);
  expect(count(mode, '{ initContainers: [{ name: istio-init }] }')).toBe(1);
});

test('the Gateway API has to be served in the version that is read, and better in the one to come', () => {
  const definition = (kind: string, versions: Readonly<Record<string, boolean>>, group?: string) => {
    const value = {
      kind: 'CustomResourceDefinition',
      metadata: { name: 'x' },
      spec: {
        group: group ?? 'gateway.networking.k8s.io',
        names: { kind },
        versions: Object.entries(versions).map(([name, served]) => ({ name, served })),
      },
    };
    return [readClusterObject(value, origin)].flatMap((each) => each ?? []);
  };
  const analyze = (...args: Parameters<typeof definition>) =>
    findIssues(gatewayApiVersionAnalyzer, '', definition(...args)).map(({ code, args: said }) => [
      code,
      said,
    ]);
  expect(analyze('HTTPRoute', { v1: true, v1beta1: true })).toEqual([]);
  expect(analyze('HTTPRoute', { v1: false, v1beta1: true, v1alpha2: true })).toEqual([
    ['IST0172', { version: 'v1alpha2,v1beta1', minimumVersion: 'v1' }],
  ]);
  expect(analyze('HTTPRoute', {})).toEqual([
    ['IST0156', { version: 'none', minimumVersion: 'v1beta1' }],
    ['IST0172', { version: 'none', minimumVersion: 'v1' }],
  ]);
  expect(analyze('ReferenceGrant', { v1beta1: true })).toEqual([]);
  expect(analyze('GRPCRoute', { v1alpha2: true })).toHaveLength(1);
  expect(analyze('TCPRoute', { v1alpha2: true })).toEqual([]);
  expect(analyze('HTTPRoute', {}, 'example.com')).toEqual([]);
});

const fields = (fromMinor: number, text: string) =>
  findIssues(upgradeAnalyzer(fromMinor), text).map(({ code, args }) => `${code} ${String(args['field'])}`);
const certificate = 'IST0169 VERIFY_CERTIFICATE_AT_CLIENT';
const serverName = 'IST0169 ENABLE_AUTO_SNI';

test.each([
  ['tls: { mode: SIMPLE }', [serverName, certificate]],
  ['tls: { mode: SIMPLE, sni: db.example.com, insecureSkipVerify: true }', []],
  ['tls: { mode: SIMPLE, caCertificates: /ca.pem }', [serverName]],
  ['tls: { mode: ISTIO_MUTUAL }', []],
  [
    'portLevelSettings: [{ port: { number: 443 }, tls: { mode: SIMPLE, sni: db.example.com } }]',
    [certificate],
  ],
])('TLS changed with 1.20 for %s: %j', (policy, expected) => {
  const whole = istio('DestinationRule', { name: 'db' }, `{ host: db, trafficPolicy: { ${policy} } }`);
  expect(fields(20, whole)).toEqual(expected);
  expect(fields(21, whole)).toEqual([]);
  const subset = `{ host: db, subsets: [{ name: v1, trafficPolicy: { ${policy} } }] }`;
  expect(fields(20, istio('DestinationRule', { name: 'db' }, subset))).toEqual(expected);
});

test('Services, ServiceEntries and VirtualServices are told what becomes another for them', () => {
  const external = service({ name: 'db' }, '{ type: ExternalName, externalName: db.example.com }');
  expect(fields(20, external)).toEqual(['IST0169 ENABLE_EXTERNAL_NAME_ALIAS']);
  expect(fields(21, external)).toEqual([]);
  const zipkin = service({ name: 'zipkin', namespace: 'istio-system' }, '{}');
  expect(fields(21, zipkin)).toEqual(['IST0169 meshConfig.defaultConfig.tracer']);
  expect(fields(22, zipkin)).toEqual([]);
  expect(fields(21, service({ name: 'zipkin' }, '{}'))).toEqual([]);
  const wide = istio(
    'VirtualService',
    { name: 'web' },
    '{ hosts: ["*.example.com"], http: [{ directResponse: { status: 200 } }] }',
  );
  expect(fields(20, wide)).toEqual([
    'IST0169 PERSIST_OLDEST_FIRST_HEURISTIC_FOR_VIRTUAL_SERVICE_HOST_MATCHING',
  ]);
  const entry = (resolution: string) =>
    istio(
      'ServiceEntry',
      { name: 'db' },
      `{ hosts: [db.example.com], resolution: ${resolution}, ports: [{ number: 80, targetPort: 8080, name: http, protocol: HTTP }] }`,
    );
  expect(fields(21, entry('NONE'))).toEqual(['IST0169 ENABLE_RESOLUTION_NONE_TARGET_PORT']);
  expect(fields(21, entry('DNS'))).toEqual([]);
});

test('discoverySelectors leave out more than before, unless they did already', () => {
  const istiod = (env: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, env: [${env}] }] } } }`;
  const settings = { ...defaultMeshConfig, discoverySelectors: [{ matchLabels: { mesh: 'yes' } }] };
  const analyze = (text: string, ...more: Parameters<typeof findIssues>[2] & {}) =>
    findIssues(upgradeAnalyzer(21), text, more).map(({ args }) => args['field']);
  const selecting = meshConfigObject(settings, { origin });
  expect(analyze(istiod(''), selecting)).toEqual(['ENHANCED_RESOURCE_SCOPING']);
  expect(analyze(istiod(''))).toEqual([]);
  expect(analyze(istiod('{ name: ENHANCED_RESOURCE_SCOPING, value: "true" }'), selecting)).toEqual([]);
});
