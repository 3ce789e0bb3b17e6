import { memo, type SortedMap } from '@istio-ts/foundation';

/**
 * A large map with the entries of a small one laid over it, at the cost of the small one: the result shares the structure
 * of the large map. Nothing is remembered but the result for these two; for two large maps take `unionMaps`.
 */
export function overlayMaps<V>(): (over: SortedMap<V>, base: SortedMap<V>) => SortedMap<V> {
  return memo((over: SortedMap<V>, base: SortedMap<V>): SortedMap<V> => {
    let output = base;
    for (const [key, value] of over) output = output.set(key, value);
    return output;
  });
}
