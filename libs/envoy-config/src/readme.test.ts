import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SortedMap } from '@istio-ts/foundation';
import { expect, it } from 'vitest';
import { emitClusters } from './index.js';

it('the example of the README compiles, runs, and is the one printed there', () => {
  const clusters = SortedMap.from([
    ['BlackHoleCluster', { kind: 'black-hole', connectTimeoutMs: 10_000 } as const],
  ]);
  const set = emitClusters(clusters);
  expect(set.get('BlackHoleCluster')?.version).toMatch(/^[0-9a-f]{16}$/);
  expect(emitClusters(clusters)).toBe(set);
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8').replace(/\s+/g, ' ');
  expect(readme).toContain("kind: 'black-hole', connectTimeoutMs: 10_000");
  expect(readme).toContain('const set = emitClusters(clusters);');
});
