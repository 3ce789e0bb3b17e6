import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { istio, join } from '../testing/manifests.js';
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
  ['CLUSTER', 'REMOVE', ['IST0151']],
  ['VIRTUAL_HOST', 'REPLACE', ['IST0151']],
])('%s with %s: %j', (applyTo, operation, expected) => {
  expect(codes(filter(patch(applyTo, operation)))).toEqual(expected);
});

test('with a priority it is said what comes first', () => {
  expect(codes(filter(patch('HTTP_FILTER', 'INSERT_BEFORE'), 'priority: 10,'))).toEqual([]);
});

const versioned = '{ proxy: { proxyVersion: "^1\\\\.2.*" } }';

test('behind a patch of the same for some versions only, another message is said instead', () => {
  const first = patch('HTTP_FILTER', 'INSERT_AFTER', versioned);
  const second = patch('HTTP_FILTER', 'INSERT_AFTER');
  expect(codes(filter(first))).toEqual(['IST0151']);
  expect(codes(filter(`${first}, ${second}`))).toEqual(['IST0151', 'IST0155']);
  expect(codes(filter(`${second}, ${first}`))).toEqual(['IST0151']);
  expect(codes(filter(`${first}, ${second.replace('name: x', 'name: y')}`))).toEqual(['IST0151']);
});

test('EnvoyFilters are seen in the order of their names', () => {
  const named = (name: string, match: string) =>
    istio('EnvoyFilter', { name }, `{ configPatches: [${patch('HTTP_FILTER', 'INSERT_AFTER', match)}] }`);
  const analyze = (first: string, second: string) =>
    analyzeText(envoyPatchAnalyzer, join(named('a', first), named('b', second))).map((line) =>
      line.split(' ').slice(0, 2).join(' '),
    );
  const other = '{ context: ANY }';
  expect(analyze(versioned, other)).toEqual([
    'IST0151 EnvoyFilter/default/a',
    'IST0155 EnvoyFilter/default/b',
  ]);
  expect(analyze(other, versioned)).toEqual([
    'IST0151 EnvoyFilter/default/a',
    'IST0151 EnvoyFilter/default/b',
  ]);
});

test('a patch without a value is about what it looks for', () => {
  const remove = (match: string) => `{ applyTo: HTTP_FILTER, match: ${match}, patch: { operation: REMOVE } }`;
  expect(codes(filter(`${remove(versioned)}, ${remove('{ context: ANY }')}`))).toEqual([
    'IST0151',
    'IST0155',
  ]);
});
