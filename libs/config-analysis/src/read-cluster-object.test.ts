import { expect, test } from 'vitest';
import { analyzeSnapshot } from './analyze-snapshot.js';
import { readClusterObject } from './read-cluster-object.js';

const origin = { source: 'test', cluster: 'Kubernetes' };
const junk = [undefined, null, 0, '', 'x', true, [], [null], {}, { key: null }, { name: 3 }];

test('anything can be given; what is not of the form counts as absent', () => {
  const kinds = [
    'CustomResourceDefinition',
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
  ];
  const objects = kinds.flatMap((kind) =>
    junk.flatMap((a, index) => {
      const b = junk[(index + 3) % junk.length];
      const webhooks = [
        a,
        { name: a, clientConfig: b, namespaceSelector: a, objectSelector: { matchExpressions: [b, a] } },
      ];
      const metadata = { name: `istio-sidecar-injector-${index}`, labels: a, annotations: b };
      return (
        readClusterObject({ kind, metadata, spec: b, webhooks: index % 2 === 0 ? webhooks : a }, origin) ?? []
      );
    }),
  );
  expect(objects).toHaveLength(kinds.length * junk.length);
  expect(analyzeSnapshot(objects).issues.filter(({ name }) => name === 'InternalError')).toEqual([]);
});

test('other values are none of these objects', () => {
  expect(junk.map((value) => readClusterObject(value, origin))).toEqual(junk.map(() => undefined));
  expect(readClusterObject({ kind: 'Pod', metadata: { name: 'a' } }, origin)).toBeUndefined();
  expect(readClusterObject({ kind: 'MeshConfig', metadata: { name: 'a' } }, origin)).toBeUndefined();
});
