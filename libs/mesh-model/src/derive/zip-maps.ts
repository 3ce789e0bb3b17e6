import { SortedMap } from '@istio-ts/foundation';
import { settle } from './settle.js';
import { SlotMemory, type Slot } from './slot-memory.js';

interface State<A, B, W, C> {
  readonly a: SortedMap<A>;
  readonly b: SortedMap<B>;
  readonly context: C;
  readonly output: SortedMap<W>;
}

/** Derives a map from two with the same keys (an outer join), at the cost of what differs. */
export function zipMaps<A, B, W, C = undefined>(
  compute: (a: A | undefined, b: B | undefined, context: C, key: string) => W | undefined,
): (slot: Slot, a: SortedMap<A>, b: SortedMap<B>, context: C) => SortedMap<W> {
  const memory = new SlotMemory<State<A, B, W, C>>();
  return (slot, a, b, context) =>
    memory.run(slot, (state) => {
      if (state?.a === a && state.b === b && Object.is(state.context, context)) return state.output;
      const from = state ?? {
        a: SortedMap.empty<A>(),
        b: SortedMap.empty<B>(),
        context,
        output: SortedMap.empty<W>(),
      };
      const dirty = new Set<string>();
      from.a.diff(a, (key) => dirty.add(key));
      from.b.diff(b, (key) => dirty.add(key));
      if (!Object.is(from.context, context))
        for (const map of [a, b]) for (const key of map.keys()) dirty.add(key);
      const edit = from.output.edit();
      for (const key of dirty) {
        const [left, right] = [a.get(key), b.get(key)];
        const absent = left === undefined && right === undefined;
        settle(edit, key, absent ? undefined : compute(left, right, context, key));
      }
      const output = edit.done();
      memory.keep(slot, { a, b, context, output });
      return output;
    });
}

/** All entries of both; where both have a key, the first map's entry. One step for one place, as all steps here. */
export function unionMaps<V>(): (slot: Slot, first: SortedMap<V>, second: SortedMap<V>) => SortedMap<V> {
  const union = zipMaps((first: V | undefined, second: V | undefined) => first ?? second);
  return (slot, first, second) => union(slot, first, second, undefined);
}
