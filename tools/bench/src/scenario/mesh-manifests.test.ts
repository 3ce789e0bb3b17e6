import { expect, test } from 'vitest';
import { parseManifests } from '@istio-ts/config-model';
import { eventNames, meshEvent } from './events.js';
import { meshFiles, serviceCluster, type MeshShape } from './mesh-manifests.js';

const shape: MeshShape = { services: 40, namespaces: 20, endpoints: 5, routedEvery: 5 };

test('the same shape gives the same files, one object each', () => {
  const files = meshFiles(shape);
  expect(meshFiles(shape)).toEqual(files);
  expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  expect(files).toHaveLength(40 + 8 + 8 + 1);
});

test('every file is accepted as it is by the parser of istiod', () => {
  const events = eventNames.map((name) => meshEvent(name, shape, 1).file);
  for (const { path, text } of [...meshFiles(shape), ...events]) {
    const { resources, issues } = parseManifests(text, {
      file: path,
      source: 'bench',
      cluster: 'Kubernetes',
    });
    expect(issues, path).toEqual([]);
    expect(resources, path).toHaveLength(1);
  }
});

test('each run of an event writes something that was not there before', () => {
  for (const name of eventNames) {
    const before = new Map(meshFiles(shape).map(({ path, text }) => [path, text]));
    for (const run of [1, 2]) {
      const { file } = meshEvent(name, shape, run);
      expect(before.get(file.path)).not.toBe(file.text);
      before.set(file.path, file.text);
    }
  }
});

test('names on the wire are those of the service', () => {
  expect(serviceCluster(shape, 23)).toBe('outbound|8080||service-0023.bench-03.mesh.example');
});
