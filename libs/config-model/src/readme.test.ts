import { readFileSync } from 'node:fs';
import { renderIssue } from '@istio-ts/foundation';
import { expect, it } from 'vitest';
import { parseManifests } from './manifest/parse-manifests.js';

it('says what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, text = ''] = /const text = `([^`]*)`/u.exec(readme) ?? [];
  const [, place = '', message = ''] = /report: (.*):\n\/\/\s+(.*)\n/u.exec(readme) ?? [];
  const { issues } = parseManifests(text, { file: 'reviews.yaml', source: 'files', cluster: 'Kubernetes' });
  expect(issues.map(renderIssue)).toEqual([`${place}: ${message}`]);
});
