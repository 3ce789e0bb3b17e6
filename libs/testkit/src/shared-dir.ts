import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const candidate = resolve(process.env['ISTIO_TS_SHARED'] ?? join(repository, '../shared'));

/**
 * The folder with the specification's data (book manifests, conformance cases) beside the repository, or undefined. Tests
 * that need it use `describe.runIf(sharedDir)`; the run's summary says when it is absent.
 */
export const sharedDir: string | undefined = existsSync(join(candidate, 'conformance'))
  ? candidate
  : undefined;
