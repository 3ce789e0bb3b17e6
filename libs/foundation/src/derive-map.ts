import { SortedMap } from './sorted-map.js';

/**
 * Derives one map from another, key by key, at the cost of what differs from the last time. `compute` is pure; undefined
 * leaves the key out. Values keep their identity where `compute` returns the identical value, so an output that did not
 * change is the identical map. What was derived last is remembered per `context` (an immutable, canonical object) and
 * dies with it.
 */
export function deriveMap<V, W, C extends object>(
  compute: (value: V, key: string, context: C) => W | undefined,
): (input: SortedMap<V>, context: C) => SortedMap<W> {
  const last = new WeakMap<C, { readonly input: SortedMap<V>; readonly output: SortedMap<W> }>();
  return (input, context) => {
    const before = last.get(context) ?? { input: SortedMap.empty<V>(), output: SortedMap.empty<W>() };
    if (before.input === input) return before.output;
    const edit = before.output.edit();
    before.input.diff(input, (key, _, value) => {
      const derived = value === undefined ? undefined : compute(value, key, context);
      if (derived === undefined) edit.delete(key);
      else edit.set(key, derived);
    });
    const output = edit.done();
    last.set(context, { input, output });
    return output;
  };
}
