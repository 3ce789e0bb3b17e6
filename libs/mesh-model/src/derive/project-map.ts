import { SortedMap } from '@istio-ts/foundation';
import { settle } from './settle.js';
import { SlotMemory, type Slot } from './slot-memory.js';

interface State<V, W, C> {
  readonly input: SortedMap<V>;
  readonly context: C;
  readonly output: SortedMap<W>;
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
  return (slot, input, context) =>
    memory.run(slot, (state) => {
      if (state?.input === input && Object.is(state.context, context)) return state.output;
      const from = state ?? { input: SortedMap.empty<V>(), context, output: SortedMap.empty<W>() };
      const edit = from.output.edit();
      const update = (key: string, value: V | undefined): void => {
        settle(edit, key, value === undefined ? undefined : compute(value, context, key));
      };
      from.input.diff(input, (key, _, value) => update(key, value));
      if (!Object.is(from.context, context)) for (const [key, value] of input) update(key, value);
      const output = edit.done();
      memory.keep(slot, { input, context, output });
      return output;
    });
}
