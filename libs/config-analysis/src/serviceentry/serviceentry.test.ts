import { defaultMeshConfig } from '@istio-ts/config-model';
import { expect, test } from 'vitest';
import { meshConfigObject } from '../analyze-snapshot.js';
import { analyzeText } from '../testing/analyze-text.js';
import { istio, join } from '../testing/manifests.js';
import { serviceEntryAnalyzer } from './addresses.js';
import { conflictingServiceEntryProtocolAnalyzer } from './conflicting-protocol.js';

const entry = (name: string, protocol: string, rest = '') =>
  istio(
    'ServiceEntry',
    { name, namespace: name },
    `{ hosts: [api.example.com], resolution: DNS, ports: [{ number: 443, name: port, protocol: ${protocol} }]${rest} }`,
  );

test('a port for plain TCP needs addresses, unless the proxies allocate them', () => {
  const place = 'IST0134 ServiceEntry/a/a spec.ports[0]';
  expect(analyzeText(serviceEntryAnalyzer, entry('a', 'HTTPS'))).toEqual([]);
  expect(analyzeText(serviceEntryAnalyzer, entry('a', 'tcp'))).toEqual([place]);
  expect(analyzeText(serviceEntryAnalyzer, entry('a', 'TCP', ', addresses: [10.0.0.1]'))).toEqual([]);
  const { defaultConfig } = defaultMeshConfig;
  const allocating = (proxyMetadata: Readonly<Record<string, string>>) =>
    meshConfigObject(
      { ...defaultMeshConfig, defaultConfig: { ...defaultConfig, proxyMetadata } },
      { origin: { source: 'test', cluster: 'Kubernetes' } },
    );
  const analyze = (metadata: Readonly<Record<string, string>>) =>
    analyzeText(serviceEntryAnalyzer, entry('a', 'TCP'), [allocating(metadata)]);
  const capture = { ISTIO_META_DNS_CAPTURE: 'true' };
  expect(analyze({ ...capture, ISTIO_META_DNS_AUTO_ALLOCATE: 'true' })).toEqual([]);
  expect(analyze({ ...capture, PILOT_ENABLE_IP_AUTOALLOCATE: 'true' })).toEqual([]);
  expect(analyze({ ISTIO_META_DNS_AUTO_ALLOCATE: 'true' })).toEqual([place]);
  expect(analyze(capture)).toEqual([place]);
});

test('an address that was allocated to a ServiceEntry is one', () => {
  const allocated = `${entry('a', 'TCP')}\nstatus: { addresses: [{ value: 240.240.0.1, host: api.example.com }] }`;
  expect(analyzeText(serviceEntryAnalyzer, allocated)).toEqual([]);
});

test('ServiceEntries that are seen together agree on the protocol of a port', () => {
  const analyze = (...entries: readonly string[]) =>
    analyzeText(conflictingServiceEntryProtocolAnalyzer, join(...entries)).map((line) => line.split(' ')[1]);
  const both = ['ServiceEntry/a/a', 'ServiceEntry/b/b'];
  expect(analyze(entry('a', 'HTTPS'), entry('b', 'HTTP'))).toEqual(both);
  expect(analyze(entry('a', 'HTTPS'), entry('b', 'https'))).toEqual([]);
  const own = ', exportTo: ["."]';
  expect(analyze(entry('a', 'HTTPS', own), entry('b', 'HTTP', own))).toEqual([]);
  expect(analyze(entry('a', 'HTTPS', own), entry('b', 'HTTP', ', exportTo: [a]'))).toEqual(both);
  expect(analyze(entry('a', 'HTTPS', own), entry('b', 'HTTP'))).toEqual(both);
});

test('a ServiceEntry of many disputed ports is told once', () => {
  const two = (name: string, protocol: string) =>
    istio(
      'ServiceEntry',
      { name },
      `{ hosts: [a.example.com, b.example.com], resolution: DNS, ports: [${[80, 81]
        .map((number) => `{ number: ${number}, name: p${number}, protocol: ${protocol} }`)
        .join(', ')}] }`,
    );
  const text = join(two('a', 'HTTP'), two('b', 'GRPC'));
  expect(analyzeText(conflictingServiceEntryProtocolAnalyzer, text)).toEqual([
    'IST0177 ServiceEntry/default/a spec.ports[0].protocol',
    'IST0177 ServiceEntry/default/b spec.ports[0].protocol',
  ]);
});
