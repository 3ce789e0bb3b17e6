import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { istio } from '../testing/manifests.js';
import { envoyPatchAnalyzer } from './envoy-patch.js';

const filter = (patches: string, rest = '') =>
  istio('EnvoyFilter', { name: 'web' }, `{ ${rest} configPatches: [${patches}] }`);
const patch = (applyTo: string, operation: string, match = '{ context: ANY }') =>
  `{ applyTo: ${applyTo}, match: ${match}, patch: { operation: ${operation}, value: { name: x } } }`;
const codes = (text: string) => analyzeText(envoyPatchAnalyzer, text).map((line) => line.split(' ')[0]);

test.each([
  ['HTTP_FILTER', 'INSERT_FIRST', []],
  ['HTTP_FILTER', 'INSERT_BEFORE', ['IST0151']],
  ['NETWORK_FILTER', 'REPLACE', ['IST0151']],
  ['CLUSTER', 'REPLACE', ['IST0152']],
  ['CLUSTER', 'ADD', []],
  ['HTTP_ROUTE', 'ADD', ['IST0153']],
  ['ROUTE_CONFIGURATION', 'REMOVE', ['IST0154']],
  ['CLUSTER', 'MERGE', []],
])('%s with %s: %j', (applyTo, operation, expected) => {
  expect(codes(filter(patch(applyTo, operation)))).toEqual(expected);
});

test('with a priority it is said what comes first', () => {
  expect(codes(filter(patch('HTTP_FILTER', 'INSERT_BEFORE'), 'priority: 10,'))).toEqual([]);
});

test('a relative patch for some versions only is told twice', () => {
  const match = '{ proxy: { proxyVersion: "^1\\\\.2.*" } }';
  expect(codes(filter(patch('HTTP_FILTER', 'INSERT_AFTER', match)))).toEqual(['IST0151', 'IST0155']);
});
