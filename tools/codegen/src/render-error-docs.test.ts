import { readFileSync } from 'node:fs';
import { MeshIssueCode } from '@istio-ts/mesh-model';
import { expect, it } from 'vitest';
import { codesInPrograms } from './program-codes.mjs';
import { renderErrorDocs } from './render-error-docs.js';

const headings = (page: string): string[] => [...page.matchAll(/^### (\w+)/gm)].map(([, code = '']) => code);

it('docs/errors.md says what the tables say; "npx nx run codegen:errors" writes it', async () => {
  const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  expect(page).toBe(await renderErrorDocs());
});

it('every code that a program or the mesh model raises is on the page, and each is there once', async () => {
  const documented = headings(await renderErrorDocs());
  const raised = codesInPrograms();
  expect(raised).toContain('PROXY_REJECTED');
  expect(documented).toEqual(expect.arrayContaining([...raised, ...Object.values(MeshIssueCode)]));
  expect(documented.filter((code, index) => documented.indexOf(code) !== index)).toEqual([]);
});
