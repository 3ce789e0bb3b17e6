import { expect, test } from 'vitest';
import { readClusterObject } from '../read-cluster-object.js';
import { analyzeText, findIssues } from '../testing/analyze-text.js';
import { istio, join, namespace, pod } from '../testing/manifests.js';
import { imageAnalyzer } from './image.js';
import { imageAutoAnalyzer } from './image-auto.js';
import { injectionAnalyzer } from './injection.js';

const injector = (name: string, values: object) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: istio-system }
data: { values: '${JSON.stringify(values)}' }`;

test('a namespace says once whether its pods join the mesh', () => {
  const analyze = (labels: string) => analyzeText(injectionAnalyzer, namespace('shop', labels));
  expect(analyze('{}')).toEqual(['IST0102 Namespace/shop']);
  expect(analyze('{ istio-injection: disabled }')).toEqual([]);
  expect(analyze('{ istio.io/dataplane-mode: ambient }')).toEqual([]);
  expect(analyze('{ istio-injection: enabled, istio.io/rev: canary }')).toEqual([
    'IST0123 Namespace/shop metadata.labels',
  ]);
  expect(analyze('{ istio-injection: disabled, istio.io/rev: canary }')).toEqual([]);
  expect(analyze('{ istio.io/rev: canary, istio.io/dataplane-mode: none }')).toHaveLength(1);
  expect(analyzeText(injectionAnalyzer, namespace('istio-system'))).toEqual([]);
});

test('a namespace that says several things is told what it says', () => {
  const labels = '{ istio-injection: enabled, istio.io/dataplane-mode: ambient }';
  const [issue] = findIssues(injectionAnalyzer, namespace('shop', labels));
  expect(issue?.args).toEqual({ labels: ['istio-injection=enabled', 'istio.io/dataplane-mode=ambient'] });
});

test('where everything is injected, a silent namespace is told', () => {
  const values = injector('istio-sidecar-injector', {
    sidecarInjectorWebhook: { enableNamespacesByDefault: true },
  });
  expect(analyzeText(injectionAnalyzer, join(namespace('shop'), values))).toEqual(['IST0148 Namespace/shop']);
  const elsewhere = values.replace('namespace: istio-system', 'namespace: mesh');
  expect(analyzeText(injectionAnalyzer, join(namespace('shop'), elsewhere))).toEqual([
    'IST0148 Namespace/shop',
  ]);
});

test('a pod of an injected namespace has a proxy, unless it refuses or cannot have one', () => {
  const analyze = (labels: string, spec?: string) =>
    analyzeText(
      injectionAnalyzer,
      join(
        namespace('shop', '{ istio-injection: enabled }'),
        pod({ name: 'web-1', namespace: 'shop' }, labels, spec),
      ),
    );
  expect(analyze('{}')).toEqual(['IST0103 Pod/shop/web-1']);
  expect(analyze('{}', '{ containers: [{ name: istio-proxy }] }')).toEqual([]);
  expect(analyze('{}', '{ initContainers: [{ name: istio-proxy }] }')).toEqual([]);
  expect(analyze('{}', '{ hostNetwork: true }')).toEqual([]);
  expect(analyze('{ sidecar.istio.io/inject: "false" }')).toEqual([]);
});

test('a pod of a namespace in ambient mode needs no proxy', () => {
  const labels = '{ istio.io/dataplane-mode: ambient, istio.io/rev: canary }';
  const text = join(namespace('shop', labels), pod({ name: 'web-1', namespace: 'shop' }, '{}'));
  expect(analyzeText(injectionAnalyzer, text)).toEqual(['IST0123 Namespace/shop metadata.labels']);
});

test('pods run the image that their revision injects now, in the variant that they ask for', () => {
  const global = { hub: 'hub', tag: '2', proxy: { image: 'proxyv2' } };
  const analyze = (labels: string, image: string, ...more: readonly string[]) =>
    analyzeText(
      imageAnalyzer,
      join(
        injector('istio-sidecar-injector', { global }),
        injector('istio-sidecar-injector-canary', { global: { ...global, tag: '3' } }),
        namespace('shop', labels),
        pod(
          { name: 'web', namespace: 'shop' },
          '{ app: web }',
          `{ containers: [{ name: istio-proxy, image: "${image}" }] }`,
        ),
        ...more,
      ),
    );
  const other = ['IST0158 Namespace/shop'];
  const enabled = '{ istio-injection: enabled }';
  expect(analyze(enabled, 'hub/proxyv2:2')).toEqual([]);
  expect(analyze(enabled, 'hub/proxyv2:1')).toEqual(other);
  expect(analyze('{ istio.io/rev: canary }', 'hub/proxyv2:2')).toEqual(other);
  expect(analyze('{ istio.io/rev: canary }', 'hub/proxyv2:3')).toEqual([]);
  expect(analyze('{ istio.io/rev: unknown }', 'hub/proxyv2:1')).toEqual([]);
  expect(analyze(enabled, 'hub/proxyv2:2-distroless')).toEqual(other);
  const distroless = istio(
    'ProxyConfig',
    { name: 'all', namespace: 'shop' },
    '{ image: { imageType: distroless } }',
  );
  expect(analyze(enabled, 'hub/proxyv2:2-distroless', distroless)).toEqual([]);
  expect(analyze(enabled, 'hub/proxyv2:2', distroless)).toEqual([]);
  expect(analyze(enabled, 'hub/proxyv2:2-debug', distroless)).toEqual(other);
});

test('a Deployment with "image: auto" needs a webhook of Istio that selects it; a pod with it was not injected', () => {
  const webhook = (labels: object) => {
    const value = {
      kind: 'MutatingWebhookConfiguration',
      metadata: { name: 'injector' },
      webhooks: [{ name: 'sidecar-injector.istio.io', namespaceSelector: { matchLabels: labels } }],
    };
    return [readClusterObject(value, { source: 'test', cluster: 'Kubernetes' })].flatMap(
      (each) => each ?? [],
    );
  };
  const auto = 'containers: [{ name: istio-proxy, image: auto }]';
  const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: gateway, namespace: shop }
spec: { template: { spec: { ${auto} } } }`;
  const objects = join(
    namespace('shop', '{ istio-injection: enabled }'),
    deployment,
    pod({ name: 'gateway-1', namespace: 'shop' }, '{}', `{ ${auto} }`),
  );
  const asPod = 'IST0147 Pod/shop/gateway-1';
  expect(analyzeText(imageAutoAnalyzer, objects, webhook({ 'istio-injection': 'enabled' }))).toEqual([asPod]);
  expect(analyzeText(imageAutoAnalyzer, objects, webhook({ team: 'a' }))).toEqual([
    asPod,
    'IST0146 Deployment/shop/gateway spec.template',
  ]);
});
