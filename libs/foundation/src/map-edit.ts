/** Fills an empty map: nothing is built before `done`. */
export class MapFilling<V, M> {
  private readonly entries = new Map<string, V>();

  constructor(private readonly from: (entries: ReadonlyMap<string, V>) => M) {}

  get(key: string): V | undefined {
    return this.entries.get(key);
  }

  set(key: string, value: V): void {
    this.entries.set(key, value);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }

  done(): M {
    return this.from(this.entries);
  }
}

/** An immutable map: each change gives the next version. */
interface Versioned<V, M> {
  get(key: string): V | undefined;
  set(key: string, value: V): M;
  delete(key: string): M;
}

/** Changes a map that has entries, one version after the other. */
export class MapChanging<V, M extends Versioned<V, M>> {
  constructor(private map: M) {}

  get(key: string): V | undefined {
    return this.map.get(key);
  }

  set(key: string, value: V): void {
    this.map = this.map.set(key, value);
  }

  delete(key: string): void {
    this.map = this.map.delete(key);
  }

  done(): M {
    return this.map;
  }
}
