/**
 * Keys in order. A few that come or go are put in their places; of many the whole is sorted again.
 */
export class IssueOrder {
  #keys: readonly string[] = [];
  readonly #changed = new Set<string>();

  /** To be called for whatever may have come or gone. */
  touch(key: string): void {
    this.#changed.add(key);
  }

  /** The keys that there are, in order; the same array until something changes. */
  keys(held: ReadonlyMap<string, unknown>): readonly string[] {
    if (this.#changed.size > 0) this.#keys = this.#update(held);
    this.#changed.clear();
    return this.#keys;
  }

  #update(held: ReadonlyMap<string, unknown>): readonly string[] {
    // Each single one moves those behind it.
    if (this.#changed.size > 64) return [...held.keys()].sort();
    const keys = [...this.#keys];
    for (const key of this.#changed) {
      const at = placeOf(keys, key);
      const isThere = keys[at] === key;
      if (isThere && !held.has(key)) keys.splice(at, 1);
      if (!isThere && held.has(key)) keys.splice(at, 0, key);
    }
    return keys;
  }
}

/** Index of a key, or where it would stand. */
function placeOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
