import { expect, test } from 'vitest';
import { noMetrics } from '@istio-ts/foundation';
import { parseManifests, resourceKey, type Resource } from '@istio-ts/config-model';
import { defaultMeshSettings } from '@istio-ts/mesh-model';
import { systemClock } from '../system-clock.js';
import { MeshState } from './mesh-state.js';

function service(name: string): Resource {
  const text = `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: 80 }] }\n`;
  const [resource] = parseManifests(text, { file: 'f', source: 's', cluster: 'c' }).resources;
  if (resource === undefined) throw new Error('the service was not read');
  return resource;
}

test('an object that our code fails on costs itself and nothing else', () => {
  const state = new MeshState(defaultMeshSettings, { clock: systemClock, metrics: noMetrics });
  const good = [service('a'), service('b')].map((after) => ({ key: resourceKey(after), after }));
  const spec = {
    get ports(): never {
      throw new Error('a bug');
    },
  };
  const poison = { key: 'Service/default/poison', after: { ...service('poison'), spec } as Resource };
  const failed = state.apply({ changes: [...good.slice(0, 1), poison, ...good.slice(1)], reasons: [] });
  expect(failed.map(({ change }) => change.key)).toEqual(['Service/default/poison']);
  expect([...state.snapshot.resources.Service.keys()]).toEqual(['Service/default/a', 'Service/default/b']);
  expect(state.snapshot.services.all.size).toBe(2);
});
