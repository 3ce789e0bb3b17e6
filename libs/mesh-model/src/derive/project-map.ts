import type { SortedMap } from '@istio-ts/foundation';
import { deriveOutput, type DerivedOutput } from './derived-output.js';
import { SlotMemory, type Slot } from './slot-memory.js';

interface State<V, W, C> extends DerivedOutput<W> {
  readonly input: SortedMap<V>;
  readonly context: C;
}

/**
 * Derives one map from another, key by key, at the cost of what differs from the last time. Other than foundation's
 * `deriveMap`, a new context keeps the output's identity where nothing of the output changed: all keys are computed again
 * on top of the last output. undefined leaves a key out.
 */
export function projectMap<V, W, C = undefined>(
  compute: (value: V, context: C, key: string) => W | undefined,
): (slot: Slot, input: SortedMap<V>, context: C) => SortedMap<W> {
  const memory = new SlotMemory<State<V, W, C>>();
  return (slot, input, context) => {
    const state = memory.run(slot, {
      fits: (known) => known.input === input && Object.is(known.context, context),
      advance: (from, sibling) => {
        const derive = (key: string): W | undefined => {
          const value = input.get(key);
          return value === undefined ? undefined : compute(value, context, key);
        };
        const derived = deriveOutput(from, sibling, dirtyKeys(from, input, context), derive);
        return { ...derived, input, context };
      },
    });
    return state.output;
  };
}

function dirtyKeys<V, W, C>(
  from: State<V, W, C> | undefined,
  input: SortedMap<V>,
  context: C,
): ReadonlySet<string> {
  if (from === undefined) return new Set(input.keys());
  const dirty = new Set<string>();
  from.input.diff(input, (key) => dirty.add(key));
  if (!Object.is(from.context, context)) for (const key of input.keys()) dirty.add(key);
  return dirty;
}
