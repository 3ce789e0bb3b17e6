import { SortedMap } from '@istio-ts/foundation';
import { deriveOutput, type DerivedOutput } from './derived-output.js';
import { SlotMemory, type Slot } from './slot-memory.js';

/** How a value of the left map is completed from a right map. */
export interface Lookup<L, R, W, C> {
  /** The keys of the right map that `compute` reads; reading others is a bug. */
  readonly refs: (value: L, context: C, key: string) => Iterable<string>;
  readonly compute: (value: L, right: SortedMap<R>, context: C, key: string) => W | undefined;
}

interface State<L, R, W, C> extends DerivedOutput<W> {
  readonly left: SortedMap<L>;
  readonly right: SortedMap<R>;
  readonly context: C;
  /** Right key → left keys that read it. */
  readonly readers: Map<string, Set<string>>;
  readonly refs: Map<string, readonly string[]>;
}

/**
 * Derives a map from a left map whose values refer to keys of a right one. A reverse index of the references turns a
 * change on the right into the left keys that it touches, so that both sides cost what differs.
 */
export function lookupMap<L, R, W, C = undefined>(
  lookup: Lookup<L, R, W, C>,
): (slot: Slot, left: SortedMap<L>, right: SortedMap<R>, context: C) => SortedMap<W> {
  const memory = new SlotMemory<State<L, R, W, C>>(fork);
  return (slot, left, right, context) => {
    const state = memory.run(slot, {
      fits: (known) => known.left === left && known.right === right && Object.is(known.context, context),
      advance: (last, sibling) => {
        const from = last ?? emptyState<L, R, W, C>(context);
        const derive = (key: string): W | undefined => {
          const value = left.get(key);
          note(from, key, value === undefined ? [] : [...lookup.refs(value, context, key)]);
          return value === undefined ? undefined : lookup.compute(value, right, context, key);
        };
        const derived = deriveOutput(from, sibling, dirtyKeys(from, left, right, context), derive);
        return { ...from, ...derived, left, right, context };
      },
    });
    return state.output;
  };
}

function fork<L, R, W, C>(state: State<L, R, W, C>): State<L, R, W, C> {
  const readers = new Map([...state.readers].map(([key, keys]) => [key, new Set(keys)] as const));
  return { ...state, readers, refs: new Map(state.refs) };
}

function emptyState<L, R, W, C>(context: C): State<L, R, W, C> {
  return {
    left: SortedMap.empty(),
    right: SortedMap.empty(),
    context,
    output: SortedMap.empty(),
    before: new WeakRef(SortedMap.empty()),
    readers: new Map(),
    refs: new Map(),
  };
}

function dirtyKeys<L, R, W, C>(
  from: State<L, R, W, C>,
  left: SortedMap<L>,
  right: SortedMap<R>,
  context: C,
): ReadonlySet<string> {
  const dirty = new Set<string>();
  from.left.diff(left, (key) => dirty.add(key));
  from.right.diff(right, (key) => {
    for (const reader of from.readers.get(key) ?? []) dirty.add(reader);
  });
  if (!Object.is(from.context, context)) for (const key of left.keys()) dirty.add(key);
  return dirty;
}

function note<L, R, W, C>({ readers, refs }: State<L, R, W, C>, key: string, next: readonly string[]): void {
  for (const ref of refs.get(key) ?? []) {
    const keys = readers.get(ref);
    keys?.delete(key);
    if (keys?.size === 0) readers.delete(ref);
  }
  if (next.length === 0) refs.delete(key);
  else refs.set(key, next);
  for (const ref of next) {
    const keys = readers.get(ref);
    if (keys === undefined) readers.set(ref, new Set([key]));
    else keys.add(key);
  }
}
