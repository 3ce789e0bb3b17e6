import { expect, test } from 'vitest';
import { parsePath, renderPath } from '../place.js';
import { ManifestText } from './manifest-text.js';
import { parseManifests } from './parse-manifests.js';

const text = `# first
kind: A
spec:
  hosts: [a, b]
---
kind: List
items:
- kind: B
  spec: { routes: [{ to: x }] }
`;
const manifest = new ManifestText('m.yaml', text);
const at = (line: number, ...path: readonly (string | number)[]) => {
  const found = manifest.locate({ file: 'm.yaml', line, column: 1 }, path);
  return [found.line, found.column];
};

test('a path is found in its document, and in the item of a list', () => {
  expect(at(2)).toEqual([2, 1]);
  expect(at(2, 'spec', 'hosts', 1)).toEqual([4, 14]);
  expect(at(2, 'spec')).toEqual([3, 1]);
  expect(at(8, 'spec', 'routes', 0, 'to')).toEqual([9, 26]);
});

test('places are those that reading the text tells', () => {
  const wrong =
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: UPPER\n';
  const options = { file: 'm.yaml', source: 'test', cluster: 'c', compatibilityVersion: '1.29' } as const;
  const [issue] = parseManifests(wrong, options).issues;
  expect(issue).toMatchObject({ path: 'metadata.name', position: { line: 7, column: 11 } });
  const path = parsePath(issue?.path ?? '');
  expect(new ManifestText('m.yaml', wrong).locate({ file: 'm.yaml', line: 4 }, path)).toEqual(
    issue?.position,
  );
});

test('a path is taken apart as it was put together', () => {
  for (const path of [
    [],
    ['spec', 'http', 0, 'match', 12],
    ['metadata', 'labels', 'a.b/c', 'x"]', 'y'],
    ['$x-1'],
  ])
    expect(parsePath(renderPath(path))).toEqual(path);
});

test('what is not in the text is as near as the text goes', () => {
  expect(at(2, 'spec', 'gateways', 0)).toEqual([3, 1]);
  expect(at(40, 'spec')).toEqual([40, 1]);
});
