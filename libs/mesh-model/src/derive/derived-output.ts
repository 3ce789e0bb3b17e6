import { SortedMap, structurallyEqual } from '@istio-ts/foundation';

/** An output, and that from which the last step made it (held weakly: others may have gone on from there too). */
export interface DerivedOutput<W> {
  readonly output: SortedMap<W>;
  readonly before: WeakRef<SortedMap<W>>;
}

/**
 * The next output of a step that derives key by key: `derive` gives the value of each key in `dirty`, all others stay. A
 * value that is equal to the last one, or to the sibling's, is that object. Where the sibling came from the very same
 * output, its new one is gone on from: if the same changed here, the result is the sibling's map itself.
 */
export function deriveOutput<W>(
  from: DerivedOutput<W> | undefined,
  sibling: DerivedOutput<W> | undefined,
  dirty: ReadonlySet<string>,
  derive: (key: string) => W | undefined,
): DerivedOutput<W> {
  const before = from?.output ?? SortedMap.empty<W>();
  const near = sibling?.output;
  const goesOn = near !== undefined && near !== before && sibling?.before.deref() === before;
  const keys = new Set(dirty);
  if (goesOn) before.diff(near, (key) => keys.add(key));
  const edit = (goesOn ? near : before).edit();
  let moved = false;
  for (const key of keys) {
    const last = before.get(key);
    const value = dirty.has(key) ? canonical(derive(key), last, near?.get(key)) : last;
    moved ||= value !== last;
    if (value === undefined) edit.delete(key);
    else edit.set(key, value);
  }
  return { output: moved ? edit.done() : before, before: new WeakRef(before) };
}

function canonical<W>(derived: W | undefined, last: W | undefined, near: W | undefined): W | undefined {
  if (derived === undefined || structurallyEqual(last, derived))
    return derived === undefined ? derived : last;
  return structurallyEqual(near, derived) ? near : derived;
}
