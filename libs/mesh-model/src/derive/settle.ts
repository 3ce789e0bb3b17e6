import { structurallyEqual, type MapEdit } from '@istio-ts/foundation';

/**
 * Who remembers what a step derived last: an immutable, stable object, one per mesh or per class of proxies. The memory
 * dies with it.
 */
export type Slot = object;

/** Puts a derived value: the old object where the new one is equal, nothing where there is none. */
export function settle<W>(output: MapEdit<W>, key: string, derived: W | undefined): void {
  if (derived === undefined) {
    output.delete(key);
    return;
  }
  const previous = output.get(key);
  if (previous === undefined || !structurallyEqual(previous, derived)) output.set(key, derived);
}

/** Runs a step on the state that the slot remembers; a step that throws leaves no half-made memory behind. */
export function withMemory<S, T>(memory: WeakMap<Slot, S>, slot: Slot, run: (state: S | undefined) => T): T {
  try {
    return run(memory.get(slot));
  } catch (thrown) {
    memory.delete(slot);
    throw thrown;
  }
}
