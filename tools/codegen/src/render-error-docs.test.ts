import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderErrorDocs } from './render-error-docs.js';

it('docs/errors.md says what the tables say; "npx nx run codegen:errors" writes it', () => {
  const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  expect(page).toBe(renderErrorDocs());
});
