import { SortedMap } from '@istio-ts/foundation';
import { settle, withMemory, type Slot } from './settle.js';

type Entries<V, W, C> = (value: V, context: C, key: string) => Iterable<readonly [string, W]>;

interface State<V, O, C> {
  readonly input: SortedMap<V>;
  readonly context: C;
  readonly output: SortedMap<O>;
  /** Input key → output keys that it fills. */
  readonly filled: Map<string, readonly string[]>;
}

/** How the entries of one input key are put into the output and taken out of it. */
interface Target<O, W> {
  readonly put: (output: SortedMap<O>, at: string, key: string, value: W) => SortedMap<O>;
  readonly take: (output: SortedMap<O>, at: string, key: string) => SortedMap<O>;
}

/**
 * Derives several entries from each entry, at the cost of what differs. No two input keys may fill the same output key:
 * where that can happen, `groupMap` is the step to take.
 */
export function expandMap<V, W, C = undefined>(
  entriesOf: Entries<V, W, C>,
): (slot: Slot, input: SortedMap<V>, context: C) => SortedMap<W> {
  return fanOut<V, W, W, C>(entriesOf, {
    put: (output, at, _key, value) => settle(output, at, value),
    take: (output, at) => output.delete(at),
  });
}

/** Sorts entries into groups, at the cost of what differs: group → (input key → value). */
export function groupMap<V, W, C = undefined>(
  entriesOf: Entries<V, W, C>,
): (slot: Slot, input: SortedMap<V>, context: C) => SortedMap<SortedMap<W>> {
  return fanOut<V, W, SortedMap<W>, C>(entriesOf, {
    put: (output, at, key, value) =>
      output.set(at, settle(output.get(at) ?? SortedMap.empty<W>(), key, value)),
    take: (output, at, key) => {
      const group = output.get(at)?.delete(key);
      return group === undefined || group.size === 0 ? output.delete(at) : output.set(at, group);
    },
  });
}

function fanOut<V, W, O, C>(
  entriesOf: Entries<V, W, C>,
  target: Target<O, W>,
): (slot: Slot, input: SortedMap<V>, context: C) => SortedMap<O> {
  const memory = new WeakMap<Slot, State<V, O, C>>();
  return (slot, input, context) =>
    withMemory(memory, slot, (state) => {
      if (state?.input === input && Object.is(state.context, context)) return state.output;
      const from = state ?? emptyState<V, O, C>(context);
      let output = from.output;
      const update = (key: string, value: V | undefined): void => {
        const entries = value === undefined ? [] : [...entriesOf(value, context, key)];
        output = replace({ output, filled: from.filled, target }, key, entries);
      };
      from.input.diff(input, (key, _, value) => update(key, value));
      if (!Object.is(from.context, context)) for (const [key, value] of input) update(key, value);
      memory.set(slot, { ...from, input, context, output });
      return output;
    });
}

function emptyState<V, O, C>(context: C): State<V, O, C> {
  return { input: SortedMap.empty(), context, output: SortedMap.empty(), filled: new Map() };
}

interface Filling<O, W> {
  readonly output: SortedMap<O>;
  readonly filled: Map<string, readonly string[]>;
  readonly target: Target<O, W>;
}

function replace<O, W>(
  { output, filled, target }: Filling<O, W>,
  key: string,
  entries: readonly (readonly [string, W])[],
): SortedMap<O> {
  let next = output;
  const places = entries.map(([at]) => at);
  for (const at of filled.get(key) ?? []) if (!places.includes(at)) next = target.take(next, at, key);
  for (const [at, value] of entries) next = target.put(next, at, key, value);
  if (places.length === 0) filled.delete(key);
  else filled.set(key, places);
  return next;
}
