import { expect, test } from 'vitest';
import { ManifestText } from './manifest-text.js';

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

test('what is not in the text is as near as the text goes', () => {
  expect(at(2, 'spec', 'gateways', 0)).toEqual([3, 1]);
  expect(at(40, 'spec')).toEqual([40, 1]);
});
