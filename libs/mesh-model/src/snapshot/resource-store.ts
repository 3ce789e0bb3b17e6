import { SortedMap } from '@istio-ts/foundation';
import { kinds, type KindName, type Resource } from '@istio-ts/config-model';
import type { Change } from './change-set.js';

/** All accepted objects, by kind and then by key. */
export type ResourceStore = { readonly [K in KindName]: SortedMap<Resource<K>> };

type MutableStore = { [K in KindName]: SortedMap<Resource> };

export const emptyStore = Object.fromEntries(
  kinds.map(({ name }) => [name, SortedMap.empty<Resource>()]),
) as unknown as ResourceStore;

/** The store after the changes; kinds that are not touched keep their maps. */
export function applyChanges(store: ResourceStore, changes: readonly Change[]): ResourceStore {
  const next: MutableStore = { ...store };
  for (const { key, before, after } of changes) {
    if (before !== undefined && before.kind !== after?.kind)
      next[before.kind] = next[before.kind].delete(key);
    if (after !== undefined) next[after.kind] = next[after.kind].set(key, after);
  }
  return next as unknown as ResourceStore;
}
