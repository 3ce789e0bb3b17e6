import type { ResourceSet } from '@istio-ts/xds-types';
import { deltaBetween, frameResources } from '../resource-delta.js';
import { emptySet } from '../resource-sets.js';
import type { Plan } from './plan.js';
import type { Subscription } from './subscription.js';
import type { TypeState } from './type-state.js';

/**
 * What a state-of-the-world response of a wildcard type says, where what it does not say is gone: the world that the client
 * acknowledged last, with the plan carried out. So what it rejects stays at its last good version, suspects can go alone,
 * and removals can wait, as in a delta stream.
 */
export function nextWorld({ world, targetSet }: TypeState, { shared, changed, removed }: Plan): ResourceSet {
  if (shared?.removed.length === removed.length) return targetSet;
  const changedWorld = changed.reduce((next, resource) => next.set(resource.name, resource), world);
  return removed.reduce((next, name) => next.delete(name), changedWorld);
}

/** A world as resources of a response; the whole of one is encoded once for all streams. */
export function worldBody(world: ResourceSet, subscription: Subscription): readonly Uint8Array[] {
  if (subscription.wildcard) return [deltaBetween(emptySet, world).changedBody('sotw')];
  return frameResources(
    [...world.values()].filter(({ name }) => subscription.has(name)),
    'sotw',
  );
}
