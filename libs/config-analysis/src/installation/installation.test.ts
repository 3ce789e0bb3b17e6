import { expect, test } from 'vitest';
import { meshNetworksObject } from '../analyze-snapshot.js';
import type { AnalyzedObject } from '../analyzed-object.js';
import { readClusterObject } from '../read-cluster-object.js';
import { analyzeText } from '../testing/analyze-text.js';
import { service } from '../testing/manifests.js';
import { externalControlPlaneAnalyzer } from './external-control-plane.js';
import { meshNetworksAnalyzer } from './mesh-networks.js';
import { webhookAnalyzer } from './webhook.js';

const origin = { source: 'test', cluster: 'Kubernetes' };

function configuration(
  name: string,
  webhooks: readonly object[],
  kind = 'MutatingWebhookConfiguration',
): AnalyzedObject {
  const object = readClusterObject({ kind, metadata: { name }, webhooks }, origin);
  if (object === undefined) throw new Error('no configuration of webhooks');
  return object;
}

test('webhooks of an external control plane have an address that is a URL, better by name', () => {
  const analyze = (clientConfig: object, name = 'istio-sidecar-injector', kind?: string) =>
    analyzeText(externalControlPlaneAnalyzer, '', [
      configuration(name, [{ name: 'w', clientConfig }], kind),
    ]).map((line) => line.split(' ')[0]);
  expect(analyze({ url: 'https://istiod.example.com/inject' })).toEqual([]);
  expect(analyze({ url: 'https://10.0.0.1:15017/inject' })).toEqual(['IST0164']);
  expect(analyze({ url: 'https://[::1]/inject' })).toEqual(['IST0164']);
  expect(analyze({ url: null })).toEqual(['IST0163']);
  expect(analyze({ url: 'istiod' })).toEqual(['IST0163']);
  expect(analyze({ service: { name: 'istiod', namespace: 'istio-system' } })).toEqual([]);
  expect(analyze({ url: null }, 'somebody-else')).toEqual([]);
  expect(analyze({ url: '' })).toEqual(['IST0163']);
  const validating = 'ValidatingWebhookConfiguration';
  expect(analyze({ url: null }, 'istiod-default-validator', validating)).toEqual(['IST0163']);
  expect(analyze({ url: null }, 'istio-validator-canary', validating)).toEqual(['IST0163']);
  expect(analyze({ url: null }, 'istio-sidecar-injector', validating)).toEqual([]);
});

test('a network names clusters that are known: by a remote secret, or as the own one', () => {
  const networks = (fromRegistry: string) =>
    meshNetworksObject({ networks: { east: { endpoints: [{ fromRegistry }] } } }, { origin });
  const secret = `
apiVersion: v1
kind: Secret
metadata: { name: remote, namespace: elsewhere, labels: { istio/multiCluster: "true" } }
stringData: { west: kubeconfig }`;
  const analyze = (registry: string) => analyzeText(meshNetworksAnalyzer, secret, [networks(registry)]);
  expect(analyze('west')).toEqual([]);
  expect(analyze('Kubernetes')).toEqual([]);
  expect(analyze('north')).toEqual([
    'IST0126 MeshNetworks/istio-system/meshnetworks networks.east.endpoints[0].fromRegistry',
  ]);
});

test('injection webhooks call a Service that exists, and no two of them are for one pod', () => {
  const webhook = (name: string, labels: object, called = 'istiod') => ({
    name: `${name}.istio.io`,
    clientConfig: { service: { name: called, namespace: 'istio-system' } },
    namespaceSelector: { matchLabels: labels },
  });
  const istiod = service({ name: 'istiod', namespace: 'istio-system' }, '{}');
  const analyze = (...webhooks: readonly object[]) =>
    analyzeText(webhookAnalyzer, istiod, [configuration('a', webhooks)]);
  const enabled = { 'istio-injection': 'enabled' };
  expect(
    analyze(webhook('a', enabled), webhook('b', { 'istio.io/rev': 'canary', 'istio-injection': 'disabled' })),
  ).toEqual([]);
  expect(analyze(webhook('a', enabled), webhook('b', { 'istio.io/rev': 'canary' }))).toHaveLength(2);
  expect(analyze(webhook('a', enabled, 'gone'))).toEqual([
    'IST0139 MutatingWebhookConfiguration/a webhooks[0].clientConfig.service',
  ]);
});

test('a webhook of a revision is one of Istio whatever its name, others are not looked at', () => {
  const gone = { service: { name: 'gone', namespace: 'istio-system' } };
  const analyze = (namespaceSelector: object) =>
    analyzeText(webhookAnalyzer, '', [
      configuration('a', [{ name: 'injector.example.com', clientConfig: gone, namespaceSelector }]),
    ]);
  expect(analyze({ matchLabels: { team: 'a' } })).toEqual([]);
  expect(analyze({ matchLabels: { 'istio.io/rev': 'canary' } })).toHaveLength(1);
  expect(
    analyze({ matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values: ['canary'] }] }),
  ).toHaveLength(1);
});

test('a Service that several webhooks call and that is not there is one mistake', () => {
  const clientConfig = { service: { name: 'gone', namespace: 'istio-system' } };
  const never = { matchLabels: { team: 'nobody' } };
  const webhooks = ['a', 'b'].map((name) => {
    return { name: `${name}.istio.io`, clientConfig, namespaceSelector: never };
  });
  expect(analyzeText(webhookAnalyzer, '', [configuration('a', webhooks)])).toHaveLength(1);
});
