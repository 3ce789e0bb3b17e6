import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { allAnalyzers } from './analyzers.js';
import { listAnalyzers } from './list-analyzers.js';

test('the list has every analyzer once, and the check of single objects of each kind of Istio', () => {
  const names = listAnalyzers().map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(allAnalyzers.map(({ name }) => name)));
  expect(names).toContain('schema.ValidationAnalyzer.Gateway');
  expect(names).toContain('schema.ValidationAnalyzer.VirtualService');
  expect(names).not.toContain('schema.ValidationAnalyzer.Service');
});

const given = new URL('../../../../shared/conformance/analyzers/registered-analyzers.json', import.meta.url);

if (!existsSync(given))
  test.skip('the analyzers that Istio registers: the shared cases are not on this machine');

describe.runIf(existsSync(given))('the analyzers that Istio registers', () => {
  it('are all there, in the same order', () => {
    const { analyzers } = JSON.parse(readFileSync(given, 'utf8')) as {
      readonly analyzers: readonly string[];
    };
    const ours = allAnalyzers.map(({ name }) => name).filter((name) => !name.startsWith('schema.'));
    expect(ours).toEqual(analyzers);
  });
});
