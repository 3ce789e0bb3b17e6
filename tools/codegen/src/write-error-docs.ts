/** `write-error-docs.ts FILE`: writes the page of all codes. */
import { writeFileSync } from 'node:fs';
import { renderErrorDocs } from './render-error-docs.js';

const [file = 'docs/errors.md'] = process.argv.slice(2);
writeFileSync(file, await renderErrorDocs());
