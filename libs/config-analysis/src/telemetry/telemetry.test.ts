import { defaultMeshConfig } from '@istio-ts/config-model';
import { expect, test } from 'vitest';
import { meshConfigObject } from '../analyze-snapshot.js';
import { analyzeText } from '../testing/analyze-text.js';
import { istio, join, pod } from '../testing/manifests.js';
import { lightstepAnalyzer } from './lightstep.js';
import { telemetryProviderAnalyzer } from './provider.js';
import { telemetryDefaultSelectorAnalyzer, telemetrySelectorAnalyzer } from './selector.js';

const origin = { source: 'test', cluster: 'Kubernetes' };
const telemetry = (name: string, spec: string, namespace = 'default') =>
  istio('Telemetry', { name, namespace }, spec);

test('a Telemetry selects a pod, and no other Telemetry selects the same', () => {
  const selecting = (name: string, labels: string) =>
    telemetry(name, `{ selector: { matchLabels: ${labels} } }`);
  const analyze = (...texts: readonly string[]) => analyzeText(telemetrySelectorAnalyzer, join(...texts));
  const web = pod({ name: 'web-1' }, '{ app: web, version: v1 }');
  expect(analyze(selecting('a', '{ app: web }'), web)).toEqual([]);
  expect(analyze(selecting('a', '{ app: db }'), web)).toEqual(['IST0101 Telemetry/default/a spec.selector']);
  expect(analyze(selecting('a', '{ app: web }'), selecting('b', '{ version: v1 }'), web)).toHaveLength(2);
  expect(analyze(selecting('a', '{ app: web }'), selecting('b', '{}'), web)).toEqual([]);
});

test('a namespace has one Telemetry for all of its pods; one for a Gateway is another matter', () => {
  const analyze = (...texts: readonly string[]) =>
    analyzeText(telemetryDefaultSelectorAnalyzer, join(...texts));
  expect(analyze(telemetry('a', '{}'), telemetry('b', '{}'))).toEqual([
    'IST0160 Telemetry/default/a',
    'IST0160 Telemetry/default/b',
  ]);
  const target = '{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: web }] }';
  expect(analyze(telemetry('a', '{}'), telemetry('b', target))).toEqual([]);
});

test('access logs need a provider: named here, or by the settings of the mesh', () => {
  const silent = telemetry('a', '{ accessLogging: [{ disabled: false }] }');
  const place = ['IST0157 Telemetry/default/a spec.accessLogging[0]'];
  expect(analyzeText(telemetryProviderAnalyzer, silent)).toEqual(place);
  expect(
    analyzeText(telemetryProviderAnalyzer, telemetry('a', '{ accessLogging: [{ disabled: true }] }')),
  ).toEqual([]);
  const root = telemetry('mesh', '{ accessLogging: [{ providers: [{ name: envoy }] }] }', 'istio-system');
  expect(analyzeText(telemetryProviderAnalyzer, join(silent, root))).toEqual(place);
  const settings = { ...defaultMeshConfig, defaultProviders: { accessLogging: ['envoy'] } };
  expect(analyzeText(telemetryProviderAnalyzer, silent, [meshConfigObject(settings, { origin })])).toEqual(
    [],
  );
});

test('a provider of type lightstep is deprecated', () => {
  const extensionProviders = [
    { name: 'old', lightstep: { service: 'a.b', port: 1 } },
    { name: 'new', prometheus: {} },
  ];
  const settings = meshConfigObject({ ...defaultMeshConfig, extensionProviders }, { origin });
  const tracing = (name: string) => telemetry('a', `{ tracing: [{ providers: [{ name: ${name} }] }] }`);
  expect(analyzeText(lightstepAnalyzer, tracing('old'), [settings])).toEqual([
    'IST0002 Telemetry/default/a spec.tracing[0].providers[0]',
  ]);
  expect(analyzeText(lightstepAnalyzer, tracing('new'), [settings])).toEqual([]);
});
