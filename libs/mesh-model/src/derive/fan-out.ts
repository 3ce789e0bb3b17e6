import { SortedMap, type MapEdit } from '@istio-ts/foundation';
import { settle } from './settle.js';
import { SlotMemory, type Slot } from './slot-memory.js';

type Entries<V, W, C> = (value: V, context: C, key: string) => Iterable<readonly [string, W]>;

interface State<V, O, C> {
  readonly input: SortedMap<V>;
  readonly context: C;
  readonly output: SortedMap<O>;
  /** Input key → output keys that it fills. */
  readonly filled: Map<string, readonly string[]>;
}

/** An output in the making: how the entries of one input key are put into it and taken out of it. */
interface Target<O, W> {
  readonly put: (at: string, key: string, value: W) => void;
  readonly take: (at: string, key: string) => void;
  readonly done: () => SortedMap<O>;
}

/**
 * Derives several entries from each entry, at the cost of what differs. No two input keys may fill the same output key:
 * where that can happen, `groupMap` is the step to take.
 */
export function expandMap<V, W, C = undefined>(
  entriesOf: Entries<V, W, C>,
): (slot: Slot, input: SortedMap<V>, context: C) => SortedMap<W> {
  return fanOut<V, W, W, C>(entriesOf, (output) => {
    const edit = output.edit();
    return {
      put: (at, _key, value) => settle(edit, at, value),
      take: (at) => edit.delete(at),
      done: () => edit.done(),
    };
  });
}

/** Sorts entries into groups, at the cost of what differs: group → (input key → value). */
export function groupMap<V, W, C = undefined>(
  entriesOf: Entries<V, W, C>,
): (slot: Slot, input: SortedMap<V>, context: C) => SortedMap<SortedMap<W>> {
  return fanOut<V, W, SortedMap<W>, C>(entriesOf, (output) => {
    const groups = new Map<string, MapEdit<W>>();
    const group = (at: string): MapEdit<W> => {
      const open = groups.get(at) ?? (output.get(at) ?? SortedMap.empty<W>()).edit();
      groups.set(at, open);
      return open;
    };
    return {
      put: (at, key, value) => settle(group(at), key, value),
      take: (at, key) => group(at).delete(key),
      done: () => withGroups(output, groups),
    };
  });
}

function withGroups<W>(
  output: SortedMap<SortedMap<W>>,
  groups: ReadonlyMap<string, MapEdit<W>>,
): SortedMap<SortedMap<W>> {
  const edit = output.edit();
  for (const [at, members] of groups) {
    const group = members.done();
    if (group.size === 0) edit.delete(at);
    else edit.set(at, group);
  }
  return edit.done();
}

function fanOut<V, W, O, C>(
  entriesOf: Entries<V, W, C>,
  begin: (output: SortedMap<O>) => Target<O, W>,
): (slot: Slot, input: SortedMap<V>, context: C) => SortedMap<O> {
  const memory = new SlotMemory<State<V, O, C>>((state) => ({ ...state, filled: new Map(state.filled) }));
  return (slot, input, context) => {
    const state = memory.run(slot, {
      fits: (known) => known.input === input && Object.is(known.context, context),
      advance: (last) => {
        const from = last ?? emptyState<V, O, C>(context);
        const target = begin(from.output);
        const update = (key: string, value: V | undefined): void => {
          const entries = value === undefined ? [] : [...entriesOf(value, context, key)];
          replace(target, from.filled, key, entries);
        };
        from.input.diff(input, (key, _, value) => update(key, value));
        if (!Object.is(from.context, context)) for (const [key, value] of input) update(key, value);
        return { ...from, input, context, output: target.done() };
      },
    });
    return state.output;
  };
}

function emptyState<V, O, C>(context: C): State<V, O, C> {
  return { input: SortedMap.empty(), context, output: SortedMap.empty(), filled: new Map() };
}

function replace<O, W>(
  target: Target<O, W>,
  filled: Map<string, readonly string[]>,
  key: string,
  entries: readonly (readonly [string, W])[],
): void {
  const places = entries.map(([at]) => at);
  for (const at of filled.get(key) ?? []) if (!places.includes(at)) target.take(at, key);
  for (const [at, value] of entries) target.put(at, key, value);
  if (places.length === 0) filled.delete(key);
  else filled.set(key, places);
}
