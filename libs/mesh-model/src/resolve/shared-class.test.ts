import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { coolstore, subsets } from '../fixtures/coolstore.js';
import { meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import type { MeshSnapshot } from '../index.js';
import { resolveProxy, sharedClassOf } from './resolve-proxy.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Left {
  readonly shared: object | undefined;
  readonly routes: WeakRef<object>;
}

/** A proxy comes and goes. */
function comeAndGo(mesh: MeshSnapshot, keep: boolean): Left {
  const node = sidecar({ namespace: 'shop' });
  const routes = new WeakRef<object>(resolveProxy(mesh, node).routes);
  return { shared: keep ? sharedClassOf(node) : undefined, routes };
}

async function afterCollection(left: Left): Promise<object | undefined> {
  for (let turn = 0; turn < 3; turn += 1) {
    await setImmediate();
    collect();
  }
  return left.routes.deref();
}

test('while what the proxies of a kind share is held, one that comes back finds its tables made', async () => {
  const mesh = meshOf([coolstore, subsets].join('---\n'));
  const left = comeAndGo(mesh, true);
  const kept = await afterCollection(left);
  expect(left.shared).toBeDefined();
  expect(kept).toBeDefined();
  expect(resolveProxy(mesh, sidecar({ namespace: 'shop' })).routes).toBe(kept);
});

test('when nobody holds it, what was derived for the last proxy of a kind is forgotten', async () => {
  const mesh = meshOf([coolstore, subsets].join('---\n'));
  expect(await afterCollection(comeAndGo(mesh, false))).toBeUndefined();
  expect(mesh.services.all.size).toBeGreaterThan(0);
});
