import type { SortedMap } from './sorted-map.js';

/** A map in the making. `done` gives the map: the one it began with, where nothing of it changed. */
export interface MapEdit<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  done(): SortedMap<V>;
}

/** Fills an empty map: nothing is built before `done`. */
export class MapFilling<V> implements MapEdit<V> {
  private readonly entries = new Map<string, V>();

  constructor(private readonly from: (entries: ReadonlyMap<string, V>) => SortedMap<V>) {}

  get(key: string): V | undefined {
    return this.entries.get(key);
  }

  set(key: string, value: V): void {
    this.entries.set(key, value);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  done(): SortedMap<V> {
    return this.from(this.entries);
  }
}

/** Changes a map that has entries, one version after the other. */
export class MapChanging<V> implements MapEdit<V> {
  constructor(private map: SortedMap<V>) {}

  get(key: string): V | undefined {
    return this.map.get(key);
  }

  set(key: string, value: V): void {
    this.map = this.map.set(key, value);
  }

  delete(key: string): void {
    this.map = this.map.delete(key);
  }

  done(): SortedMap<V> {
    return this.map;
  }
}
