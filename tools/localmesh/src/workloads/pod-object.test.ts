import { expect, it } from 'vitest';
import { podObject } from './pod-object.js';
import type { PodState } from './pod-state.js';

const state: PodState = {
  namespace: 'shop',
  name: 'catalog-1',
  uid: 'u',
  owner: { kind: 'Deployment', name: 'catalog' },
  revision: 'r',
  labels: {},
  annotations: {},
  serviceAccount: 'catalog',
  address: '10.244.0.2',
  phase: 'Pending',
  ready: false,
  injected: true,
  ports: [],
  containers: [],
  startTime: '2026-01-01T00:00:00Z',
};

const names = (template: object, injected = true): readonly string[] => {
  const { spec } = podObject({ ...state, injected }, { ...template }, 'node') as unknown as {
    readonly spec: { readonly containers: readonly { readonly name: string }[] };
  };
  return spec.containers.map(({ name }) => name);
};

it('a pod has the proxy that was put into it from the start, and once', () => {
  const [app, proxy] = [{ name: 'catalog' }, { name: 'istio-proxy' }];
  expect(names({ spec: { containers: [app] } })).toEqual(['catalog', 'istio-proxy']);
  expect(names({ spec: { containers: [proxy] } })).toEqual(['istio-proxy']);
  expect(names({ spec: { containers: [app] } }, false)).toEqual(['catalog']);
});
