import { resourceKey, type Resource } from '@istio-ts/config-model';
import { SortedMap } from '@istio-ts/foundation';
import type { ProxyIr, ProxyNode } from '@istio-ts/mesh-ir';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeSet, sidecar, universe, universeProxies } from './fixtures/index.js';
import {
  defaultMeshSettings,
  emptySnapshot,
  nextSnapshot,
  resolveProxy,
  type MeshSnapshot,
} from './index.js';

const near = { region: 'r1', zone: 'z1', subzone: '' };
const proxies = (): readonly ProxyNode[] => [
  ...universeProxies(),
  sidecar({ namespace: 'a', name: 'p2', ipAddresses: ['10.1.0.2'], labels: { app: 'two' }, locality: near }),
  sidecar({
    namespace: 'b',
    name: 'p1',
    ipAddresses: ['10.2.0.1'],
    labels: { app: 'one' },
    httpProxyPort: 15080,
  }),
  sidecar({ namespace: 'other' }),
];

/** A proxy's configuration as text; what is left undefined says the same as what is not there. */
function render({ clusters, endpoints, listeners, routes }: ProxyIr): string {
  return JSON.stringify({ clusters, endpoints, listeners, routes }, (_key, value: unknown) =>
    value instanceof SortedMap ? [...(value as SortedMap<unknown>)] : value,
  );
}

interface Step {
  readonly place: number;
  readonly variant: number;
}

/** The object that a step leaves at its place, always a new one; undefined where it takes the object away. */
function objectOf({ place, variant }: Step): Resource | undefined {
  const found = universe[place]?.[variant];
  return found === undefined ? undefined : structuredClone(found);
}

const steps = fc.array(
  fc.record({ place: fc.nat({ max: universe.length - 1 }), variant: fc.nat({ max: 4 }) }),
  { minLength: 10, maxLength: 30 },
);

function apply(snapshot: MeshSnapshot, held: Map<number, Resource>, step: Step): MeshSnapshot {
  const before = held.get(step.place);
  const after = objectOf(step);
  if (after === undefined) held.delete(step.place);
  else held.set(step.place, after);
  return nextSnapshot(
    snapshot,
    changeSet(after === undefined ? [] : [after], before === undefined ? [] : [before]),
    snapshot.settings,
  );
}

function cold(held: ReadonlyMap<number, Resource>): MeshSnapshot {
  const objects = [...held.values()].map((object) => structuredClone(object));
  return nextSnapshot(undefined, changeSet(objects), structuredClone(defaultMeshSettings));
}

/** All with their index, beginning with another one at each turn. */
function inTurn<T>(all: readonly T[], turn: number): readonly (readonly [number, T])[] {
  const numbered = all.map((item, index) => [index, item] as const);
  const first = turn % all.length;
  return [...numbered.slice(first), ...numbered.slice(0, first)];
}

test('after every change each proxy has exactly what a mesh built at once from the same objects gives it', () => {
  fc.assert(
    fc.property(steps, (history) => {
      const [nodes, held] = [proxies(), new Map<number, Resource>()];
      let snapshot = emptySnapshot(defaultMeshSettings);
      for (const [turn, step] of history.entries()) {
        snapshot = apply(snapshot, held, step);
        const have = nodes.map((node) => render(resolveProxy(snapshot, node)));
        const other = cold(held);
        // In one mesh classes begin with what was derived for others: in turn one proxy comes first.
        const want = inTurn(proxies(), turn).map(([index, node]) => ({
          index,
          text: render(resolveProxy(other, node)),
        }));
        expect(
          want.every(({ index, text }) => text === have[index]),
          JSON.stringify([step, [...held.values()].map(resourceKey)]),
        ).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
});

test('an object that comes again unchanged changes no map of any proxy', () => {
  fc.assert(
    fc.property(steps, (history) => {
      const [nodes, held] = [proxies(), new Map<number, Resource>()];
      let snapshot = emptySnapshot(defaultMeshSettings);
      for (const step of history) snapshot = apply(snapshot, held, step);
      const before = nodes.map((node) => resolveProxy(snapshot, node));
      const again = [...held.values()].map((object) => structuredClone(object));
      const touched = nextSnapshot(snapshot, changeSet(again), snapshot.settings);
      const after = nodes.map((node) => resolveProxy(touched, node));
      for (const [index, ir] of before.entries()) {
        expect(after[index]?.clusters).toBe(ir.clusters);
        expect(after[index]?.endpoints).toBe(ir.endpoints);
        expect(after[index]?.listeners).toBe(ir.listeners);
        expect(after[index]?.routes).toBe(ir.routes);
      }
    }),
    { numRuns: 60 },
  );
});
