import { expect, test } from 'vitest';
import { readClusterObject } from '../read-cluster-object.js';
import { analyzeText } from '../testing/analyze-text.js';
import { istio } from '../testing/manifests.js';
import { deprecationAnalyzer } from './deprecation.js';

test('a delay in percent of whole numbers is deprecated, one with fractions is not', () => {
  const delayed = (delay: string) =>
    istio(
      'VirtualService',
      { name: 'web' },
      `{ hosts: [web], http: [{ fault: { delay: { fixedDelay: 1s, ${delay} } }, route: [{ destination: { host: web } }] }] }`,
    );
  expect(analyzeText(deprecationAnalyzer, delayed('percent: 50'))).toEqual([
    'IST0002 VirtualService/default/web spec.http[0].fault.delay.percent',
  ]);
  expect(analyzeText(deprecationAnalyzer, delayed('percentage: { value: 0.5 }'))).toEqual([]);
});

test('an egress proxy of a Sidecar is deprecated', () => {
  const sidecar = (policy: string) =>
    istio('Sidecar', { name: 'web' }, `{ egress: [{ hosts: ["./*"] }], outboundTrafficPolicy: ${policy} }`);
  expect(
    analyzeText(
      deprecationAnalyzer,
      sidecar('{ mode: ALLOW_ANY, egressProxy: { host: out, port: { number: 80 } } }'),
    ),
  ).toEqual(['IST0002 Sidecar/default/web spec.outboundTrafficPolicy.egressProxy']);
  expect(analyzeText(deprecationAnalyzer, sidecar('{ mode: ALLOW_ANY }'))).toEqual([]);
});

test('a kind that Istio had once is told', () => {
  const definition = (group: string, kind = 'ServiceRole') => {
    const value = {
      kind: 'CustomResourceDefinition',
      metadata: { name: 'x' },
      spec: { group, names: { kind } },
    };
    return [readClusterObject(value, { source: 'test', cluster: 'Kubernetes' })].flatMap(
      (each) => each ?? [],
    );
  };
  expect(analyzeText(deprecationAnalyzer, '', definition('rbac.istio.io'))).toHaveLength(1);
  expect(analyzeText(deprecationAnalyzer, '', definition('networking.istio.io'))).toEqual([]);
  expect(analyzeText(deprecationAnalyzer, '', definition('rbac.istio.io', 'Other'))).toEqual([]);
});
