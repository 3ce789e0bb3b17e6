import { emitClusters, emitEndpoints, emitListeners, emitRoutes } from '@istio-ts/envoy-config';
import type { Resource } from '@istio-ts/config-model';
import {
  defaultMeshSettings,
  emptySnapshot,
  nextSnapshot,
  resolveProxy,
  type MeshSnapshot,
} from '@istio-ts/mesh-model';
import { changeSet, universe, universeProxies } from '@istio-ts/mesh-model/fixtures';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { deltaBetween, emptySet } from '@istio-ts/xds-protocol';
import type { ResourceSet } from '@istio-ts/xds-types';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const steps = fc.array(
  fc.record({ place: fc.nat({ max: universe.length - 1 }), variant: fc.nat({ max: 4 }) }),
  { minLength: 10, maxLength: 25 },
);

interface Step {
  readonly place: number;
  readonly variant: number;
}

function sent(snapshot: MeshSnapshot, node: ProxyNode): readonly ResourceSet[] {
  const ir = resolveProxy(snapshot, node);
  return [
    emitClusters(ir.clusters),
    emitEndpoints(ir.endpoints),
    emitListeners(ir.listeners),
    emitRoutes(ir.routes),
  ];
}

function render(sets: readonly ResourceSet[]): string {
  return JSON.stringify(
    sets.map((set) => [...set].map(([name, { bytes }]) => [name, Buffer.from(bytes).toString('base64')])),
  );
}

/** The next snapshot, with a fresh object at the step's place, or none. */
function apply(snapshot: MeshSnapshot, held: Map<number, Resource>, { place, variant }: Step): MeshSnapshot {
  const before = held.get(place);
  const found = universe[place]?.[variant];
  const after = found === undefined ? undefined : structuredClone(found);
  if (after === undefined) held.delete(place);
  else held.set(place, after);
  const changes = changeSet(after === undefined ? [] : [after], before === undefined ? [] : [before]);
  return nextSnapshot(snapshot, changes, snapshot.settings);
}

/** What a client holds that has only ever been sent differences. */
class HeldByClient {
  private readonly sets: Map<string, string>[] = [];
  private last: readonly ResourceSet[] = [];

  receive(next: readonly ResourceSet[]): void {
    for (const [type, set] of next.entries()) {
      const held = (this.sets[type] ??= new Map());
      const delta = deltaBetween(this.last[type] ?? emptySet, set);
      for (const { name, bytes } of delta.changed) held.set(name, Buffer.from(bytes).toString('base64'));
      for (const name of delta.removed) held.delete(name);
    }
    this.last = next;
  }

  render(): string {
    return JSON.stringify(this.sets.map((held) => [...held].sort(([a], [b]) => (a < b ? -1 : 1))));
  }
}

/**
 * The most valuable test of all: after each of a random sequence of changes, what every proxy is sent equals,
 * byte for byte, what a mesh built at once from the same objects sends.
 */
test('incremental output equals a cold build byte for byte, and differences add up to it', () => {
  fc.assert(
    fc.property(steps, (history) => {
      const [nodes, held] = [universeProxies(), new Map<number, Resource>()];
      const clients = nodes.map(() => new HeldByClient());
      let snapshot = emptySnapshot(defaultMeshSettings);
      for (const step of history) {
        snapshot = apply(snapshot, held, step);
        const objects = structuredClone([...held.values()]);
        const cold = nextSnapshot(undefined, changeSet(objects), structuredClone(defaultMeshSettings));
        const atOnce = universeProxies().map((node) => render(sent(cold, node)));
        for (const [index, node] of nodes.entries()) {
          const sets = sent(snapshot, node);
          clients[index]?.receive(sets);
          const where = JSON.stringify({ step, proxy: node.id });
          expect(render(sets) === atOnce[index], where).toBe(true);
          expect(clients[index]?.render() === atOnce[index], where).toBe(true);
        }
      }
    }),
    { numRuns: 25 },
  );
});
