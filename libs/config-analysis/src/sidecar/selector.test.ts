import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { istio, join, namespace, pod } from '../testing/manifests.js';
import { sidecarSelectorAnalyzer } from './selector.js';

const sidecar = (name: string, selector?: string) =>
  istio(
    'Sidecar',
    { name },
    `{ egress: [{ hosts: ["./*"] }]${selector === undefined ? '' : `, workloadSelector: { labels: ${selector} }`} }`,
  );
const analyze = (...texts: readonly string[]) => analyzeText(sidecarSelectorAnalyzer, join(...texts));

test('a Sidecar selects a pod of its namespace, and no other Sidecar selects the same', () => {
  const web = pod({ name: 'web-1' }, '{ app: web, version: v1 }');
  expect(analyze(sidecar('a', '{ app: web }'), web)).toEqual([]);
  expect(analyze(sidecar('a', '{ app: web }'))).toEqual(['IST0101 Sidecar/default/a spec.workloadSelector']);
  expect(analyze(sidecar('a', '{ app: web }'), sidecar('b', '{ version: v1 }'), web)).toEqual([
    'IST0110 Sidecar/default/a spec.workloadSelector',
    'IST0110 Sidecar/default/b spec.workloadSelector',
  ]);
});

test('a namespace has one Sidecar for all of its pods', () => {
  expect(analyze(sidecar('a'))).toEqual([]);
  expect(analyze(sidecar('a', '{}'))).toEqual([]);
  expect(analyze(sidecar('a'), sidecar('b', '{}'))).toHaveLength(2);
  expect(analyze(sidecar('a'), sidecar('b'))).toEqual([
    'IST0111 Sidecar/default/a',
    'IST0111 Sidecar/default/b',
  ]);
});

test('a Sidecar does nothing for pods without one', () => {
  const ambient = namespace('default', '{ istio.io/dataplane-mode: ambient }');
  const injected = namespace('default', '{ istio.io/dataplane-mode: ambient, istio-injection: enabled }');
  expect(analyze(sidecar('a'), ambient)).toEqual(['IST0167 Sidecar/default/a']);
  expect(analyze(sidecar('a'), injected)).toEqual([]);
  const nothing = (name: string) => `IST0167 Sidecar/default/${name}`;
  expect(analyze(sidecar('a'), sidecar('b'), ambient)).toEqual([nothing('a'), nothing('b')]);
  const captured = `
apiVersion: v1
kind: Pod
metadata: { name: web-1, labels: { app: web }, annotations: { ambient.istio.io/redirection: enabled } }`;
  const place = (name: string) => `${nothing(name)} spec.workloadSelector`;
  expect(analyze(sidecar('a', '{ app: web }'), captured)).toEqual([place('a')]);
  expect(analyze(sidecar('a', '{ app: web }'), sidecar('b', '{ app: web }'), captured)).toEqual([
    place('a'),
    place('b'),
  ]);
});
