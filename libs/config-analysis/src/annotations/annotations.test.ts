import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { annotationsAnalyzer } from './annotations.js';

const annotated = (kind: string, annotation: string) => `
apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}
kind: ${kind}
metadata: { name: web, annotations: { ${annotation} } }`;

const codes = (kind: string, annotation: string) =>
  analyzeText(annotationsAnalyzer, annotated(kind, annotation)).map((line) => line.split(' ')[0]);

test('an annotation of Istio has to exist and be in its place', () => {
  expect(codes('Service', 'networking.istio.io/exportTo: web')).toEqual([]);
  expect(codes('Service', 'networking.istio.io/exportThree: web')).toEqual(['IST0108']);
  expect(codes('Pod', 'networking.istio.io/exportTo: web')).toEqual(['IST0107']);
  expect(codes('Namespace', 'kubernetes.io/ingress.class: istio')).toEqual(['IST0107']);
  expect(codes('Pod', 'example.com/exportThree: web')).toEqual([]);
  expect(codes('Pod', 'istio.io: web')).toEqual(['IST0108']);
});

test('one that will go away is told, in the wrong place too', () => {
  expect(codes('Pod', 'sidecar.istio.io/statsInclusionPrefixes: cluster')).toEqual(['IST0135']);
  expect(codes('Deployment', 'sidecar.istio.io/statsInclusionPrefixes: cluster')).toEqual([
    'IST0107',
    'IST0135',
  ]);
});

test('a deprecated annotation with its successor beside it is left alone', () => {
  const inject = (labels: string) => `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: ${labels}, annotations: { sidecar.istio.io/inject: "true" } }`;
  const place = 'IST0135 Pod/default/web metadata.annotations["sidecar.istio.io/inject"]';
  expect(analyzeText(annotationsAnalyzer, inject('{}'))).toEqual([place]);
  expect(analyzeText(annotationsAnalyzer, inject('{ sidecar.istio.io/inject: "true" }'))).toEqual([]);
});

test('the value of one in the wrong place is not looked at', () => {
  expect(codes('Deployment', 'status.sidecar.istio.io/port: "70000"')).toEqual(['IST0107']);
});

test.each([
  ['status.sidecar.istio.io/port: "15020"', []],
  ['status.sidecar.istio.io/port: "70000"', ['IST0125']],
  ['readiness.status.sidecar.istio.io/periodSeconds: soon', ['IST0125']],
  ['sidecar.istio.io/interceptionMode: TPROXY', []],
  ['sidecar.istio.io/interceptionMode: SOMETIMES', ['IST0125']],
  ['traffic.sidecar.istio.io/includeInboundPorts: "*"', []],
  ['traffic.sidecar.istio.io/excludeInboundPorts: "80, 81"', []],
  ['traffic.sidecar.istio.io/excludeInboundPorts: "80-81"', ['IST0125']],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges: 10.0.0.0/8', []],
  ['traffic.sidecar.istio.io/includeOutboundIPRanges: ten', ['IST0125']],
  ['proxy.istio.io/config: "{ concurrency: 2 }"', []],
  ['proxy.istio.io/config: "{ concurrency: many }"', ['IST0125']],
])('%s is judged by its value: %j', (annotation, expected) => {
  expect(codes('Pod', annotation)).toEqual(expected);
});

test('an object can ask for silence, by code or altogether', () => {
  const silent = (said: string) =>
    `networking.istio.io/exportThree: a, galley.istio.io/analyze-suppress: "${said}"`;
  expect(codes('Service', silent('IST0107'))).toEqual(['IST0108']);
  expect(codes('Service', silent('IST0107, IST0108'))).toEqual([]);
  expect(codes('Service', silent('*'))).toEqual([]);
});
