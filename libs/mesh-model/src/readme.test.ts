import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseManifests, resourceKey } from '@istio-ts/config-model';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { expect, test } from 'vitest';
import { coolstore } from './fixtures/coolstore.js';
import { sidecar } from './fixtures/mesh-fixture.js';
import { defaultMeshSettings, nextSnapshot, resolveProxy, snapshotIssues } from './index.js';

const folder = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');

/** The README's example, word for word. */
function clustersOf(yaml: string, node: ProxyNode): readonly string[] {
  const { resources } = parseManifests(yaml, { file: 'mesh.yaml', source: 'files', cluster: 'Kubernetes' });
  const changes = resources.map((after) => ({ key: resourceKey(after), after }));
  const snapshot = nextSnapshot(undefined, { changes, reasons: ['start'] }, defaultMeshSettings);
  return snapshotIssues(snapshot).length > 0 ? [] : [...resolveProxy(snapshot, node).clusters.keys()];
}

test('the example of the README is this one, and works', () => {
  const own = readFileSync(fileURLToPath(import.meta.url), 'utf8');
  const example = /export (function clustersOf[^]*?\n\})/u.exec(readme)?.[1] ?? 'no example';
  expect(own).toContain(example);
  expect(clustersOf(coolstore, sidecar())).toContain('outbound|80||catalog.shop.svc.cluster.local');
});

test('every file that the README names exists', () => {
  const named = [...readme.matchAll(/`(src\/[\w/.-]+)`/gu)].map(([, path]) => path ?? '');
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(new URL(path, folder)))).toEqual([]);
});
