import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifests } from '@istio-ts/config-model';
import { renderExcerpt, renderPosition } from '@istio-ts/foundation';
import { expect, test } from 'vitest';
import { repository } from './read-docs.js';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const sample = 'samples/coolstore/catalog-routing.yaml';

test('the mistake that getting-started makes is told as it says', () => {
  const text = read(sample).replace('http:', 'htpp:');
  const { issues } = parseManifests(text, { file: sample, source: 'files', cluster: 'Kubernetes' });
  const lines = issues.map(({ code, path = '', message, position = { file: sample } }) => {
    const place = `VirtualService istioinaction/catalog ${path} (${renderPosition(position)})`;
    return `  error ${code} ${place}: ${message}\n${renderExcerpt(text, position)}`;
  });
  expect(lines).toHaveLength(1);
  expect(read('docs/getting-started.md')).toContain(lines.join(''));
});

test('the header that getting-started calls with is the one that the sample asks for', () => {
  const [, header = ''] = /-H '(x-[\w-]+: \w+)'/.exec(read('docs/getting-started.md')) ?? [];
  const [name = '', value = ''] = header.split(': ');
  expect(read(sample)).toMatch(new RegExp(`${name}:\\s+exact: ${value}\\n`));
});
