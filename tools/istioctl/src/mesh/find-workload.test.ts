import { expect, test } from 'vitest';
import { findWorkload, selectPods } from './find-workload.js';
import type { MeshPod } from './mesh-access.js';

const pod = (name: string, namespace: string, more: Partial<MeshPod> = {}): MeshPod => ({
  name,
  namespace,
  labels: {},
  ready: true,
  ...more,
});

const pods = [
  pod('web-1', 'shop', { deployment: 'web', ready: false, labels: { app: 'web', version: 'v1' } }),
  pod('web-2', 'shop', { deployment: 'web', labels: { app: 'web', version: 'v2' } }),
  pod('web-1', 'other'),
  pod('a.b', 'shop'),
];

test.each([
  ['web-1', 'other', 'web-1', 'other'],
  ['web-1.shop', 'other', 'web-1', 'shop'],
  ['pod/web-1', 'shop', 'web-1', 'shop'],
  ['a.b', 'shop', 'a.b', 'shop'],
  ['deploy/web', 'shop', 'web-2', 'shop'],
  ['deployment/web.shop', 'other', 'web-2', 'shop'],
])('%s in namespace %s is %s of %s', (reference, namespace, name, inside) => {
  expect(findWorkload(pods, reference, namespace)).toMatchObject({ name, namespace: inside });
});

test('who is not there is named, with the pod of that name in another namespace', () => {
  expect(() => findWorkload(pods, 'nobody', 'shop')).toThrow('pods "nobody" not found in namespace "shop"');
  expect(() => findWorkload(pods, 'web-2', 'other')).toThrow('there is web-2.shop');
  expect(() => findWorkload(pods, 'deploy/web', 'other')).toThrow('"deploy/web" does not refer to a pod');
  expect(() => findWorkload(pods, 'service/web', 'shop')).toThrow('write POD, POD.NAMESPACE or deploy/NAME');
});

test.each([
  ['app=web', ['web-1', 'web-2']],
  ['app=web,version!=v1', ['web-2']],
  ['!app', ['a.b']],
  ['version', ['web-1', 'web-2']],
])('selector %s selects %j', (selector, names) => {
  expect(selectPods(pods, selector, 'shop').map(({ name }) => name)).toEqual(names);
});

test('a selector that is none is refused', () => {
  expect(() => selectPods(pods, 'app in (web)', 'shop')).toThrow('is no label selector');
});
