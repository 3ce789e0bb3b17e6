import { readFileSync } from 'node:fs';
import { renderIssue } from '@istio-ts/foundation';
import { parseManifests } from '@istio-ts/config-model';
import { expect, test } from 'vitest';
import { analyzeSnapshot } from './analyze-snapshot.js';

test('says what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, text = ''] = /const text = `([^`]*)`/u.exec(readme) ?? [];
  const shown = [...readme.matchAll(/^\/\/ (error .*:)\n\/\/ +(.*)\n/gmu)];
  const { resources } = parseManifests(text, {
    file: 'reviews.yaml',
    source: 'files',
    cluster: 'Kubernetes',
  });
  const report = analyzeSnapshot(resources).issues.map(renderIssue);
  expect(report).toEqual(shown.map(([, place = '', message = '']) => `${place} ${message}`));
  expect(report).toHaveLength(2);
});
