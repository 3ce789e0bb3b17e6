import { structurallyEqual, type MapEdit } from '@istio-ts/foundation';

/** Puts a derived value: the old object where the new one is equal, nothing where there is none. */
export function settle<W>(output: MapEdit<W>, key: string, derived: W | undefined): void {
  if (derived === undefined) {
    output.delete(key);
    return;
  }
  const previous = output.get(key);
  if (previous === undefined || !structurallyEqual(previous, derived)) output.set(key, derived);
}
