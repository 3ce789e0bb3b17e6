import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '@istio-ts/testkit';
import { describe, expect, test } from 'vitest';
import { allAnalyzers } from './analyzers.js';
import { listMessages } from './messages.js';

test('every code is there once', () => {
  const codes = listMessages().map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)]);
});

test('every analyzer has a name of its own and says what it is for', () => {
  const names = allAnalyzers.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(allAnalyzers.filter(({ summary }) => summary === '')).toEqual([]);
});

// Without the folder of the specification these are reported as skipped.
describe.runIf(sharedDir)('against the tables of Istio', () => {
  const read = (file: string): unknown =>
    JSON.parse(readFileSync(join(sharedDir ?? '', 'conformance/analyzers', file), 'utf8'));

  test('codes, names and severities are the same', () => {
    const given = read('messages.json') as readonly { code: string; name: string; level: string }[];
    const wanted = given.map(({ code, name, level }) => ({ code, name, severity: level.toLowerCase() }));
    const ours = listMessages().map(({ code, name, severity }) => ({ code, name, severity }));
    expect(ours).toEqual(wanted.sort((a, b) => (a.code < b.code ? -1 : 1)));
  });

  test('every analyzer of the list is there, in its order', () => {
    const { analyzers } = read('registered-analyzers.json') as { readonly analyzers: readonly string[] };
    const names = allAnalyzers.map(({ name }) => name).filter((name) => !name.startsWith('schema.'));
    expect(names).toEqual(analyzers);
  });
});
