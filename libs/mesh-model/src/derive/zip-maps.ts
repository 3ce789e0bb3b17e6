import type { SortedMap } from '@istio-ts/foundation';
import { deriveOutput, type DerivedOutput } from './derived-output.js';
import { SlotMemory, type Slot } from './slot-memory.js';

interface State<A, B, W, C> extends DerivedOutput<W> {
  readonly a: SortedMap<A>;
  readonly b: SortedMap<B>;
  readonly context: C;
}

/** Derives a map from two with the same keys (an outer join), at the cost of what differs. */
export function zipMaps<A, B, W, C = undefined>(
  compute: (a: A | undefined, b: B | undefined, context: C, key: string) => W | undefined,
): (slot: Slot, a: SortedMap<A>, b: SortedMap<B>, context: C) => SortedMap<W> {
  const memory = new SlotMemory<State<A, B, W, C>>();
  return (slot, a, b, context) => {
    const state = memory.run(slot, {
      fits: (known) => known.a === a && known.b === b && Object.is(known.context, context),
      advance: (from, sibling) => {
        const derive = (key: string): W | undefined => {
          const [left, right] = [a.get(key), b.get(key)];
          return left === undefined && right === undefined ? undefined : compute(left, right, context, key);
        };
        const derived = deriveOutput(from, sibling, dirtyKeys(from, { a, b, context }), derive);
        return { ...derived, a, b, context };
      },
    });
    return state.output;
  };
}

function dirtyKeys<A, B, W, C>(
  from: State<A, B, W, C> | undefined,
  { a, b, context }: Pick<State<A, B, W, C>, 'a' | 'b' | 'context'>,
): ReadonlySet<string> {
  const dirty = new Set<string>();
  from?.a.diff(a, (key) => dirty.add(key));
  from?.b.diff(b, (key) => dirty.add(key));
  if (from === undefined || !Object.is(from.context, context))
    for (const map of [a, b]) for (const key of map.keys()) dirty.add(key);
  return dirty;
}

/** All entries of both; where both have a key, the first map's entry. One step for one place, as all steps here. */
export function unionMaps<V>(): (slot: Slot, first: SortedMap<V>, second: SortedMap<V>) => SortedMap<V> {
  const union = zipMaps((first: V | undefined, second: V | undefined) => first ?? second);
  return (slot, first, second) => union(slot, first, second, undefined);
}
