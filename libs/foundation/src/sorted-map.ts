import { MapChanging, MapFilling } from './map-edit.js';
import { build, diff, insert, join, remove, withValue, type Node } from './treap.js';

/** A map in the making. `done` gives the map: the one it began with, where nothing of it changed. */
export interface MapEdit<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  done(): SortedMap<V>;
}

/**
 * A persistent map sorted by its string keys (code-unit order). It is a treap whose priorities are hashes of the keys,
 * so equal contents have equal shape whatever the order of insertion, versions share what did not change, and the
 * difference of two versions costs what differs (times log n), not what exists.
 */
export class SortedMap<V> implements Iterable<readonly [string, V]> {
  private constructor(private readonly root: Node<V> | undefined) {}

  private static readonly none = new SortedMap<never>(undefined);

  /** There is one empty map. */
  static empty<V>(): SortedMap<V> {
    return SortedMap.none;
  }

  /** Later entries of one key replace earlier ones. Built at once: one node an entry. */
  static from<V>(entries: Iterable<readonly [string, V]>): SortedMap<V> {
    return SortedMap.of(build(new Map(entries)));
  }

  private static of<V>(root: Node<V> | undefined): SortedMap<V> {
    return root === undefined ? SortedMap.none : new SortedMap(root);
  }

  /**
   * Lifts a function of values to maps. What it gave is remembered for every inner part of a map, so versions that share
   * parts give versions that share parts, and one costs what is new in it (times log n), whichever map came in between.
   * `compute` is memoised: pure, and giving the identical value for identical arguments; undefined leaves the key out.
   */
  static lift<V, W>(
    compute: (value: V, key: string) => W | undefined,
  ): (input: SortedMap<V>) => SortedMap<W> {
    const parts = new WeakMap<Node<V>, { readonly root: Node<W> | undefined }>();
    const maps = new WeakMap<Node<V>, SortedMap<W>>();
    const liftNode = (node: Node<V> | undefined): Node<W> | undefined => {
      if (node === undefined) return undefined;
      const known = parts.get(node);
      if (known !== undefined) return known.root;
      const value = compute(node.value, node.key);
      const [left, right] = [liftNode(node.left), liftNode(node.right)];
      const root = value === undefined ? join(left, right) : withValue(node, value, left, right);
      parts.set(node, { root });
      return root;
    };
    return ({ root }) => {
      if (root === undefined) return SortedMap.none;
      const known = maps.get(root);
      if (known !== undefined) return known;
      const map = SortedMap.of(liftNode(root));
      maps.set(root, map);
      return map;
    };
  }

  get size(): number {
    return this.root?.size ?? 0;
  }

  get(key: string): V | undefined {
    let node = this.root;
    while (node !== undefined && node.key !== key) node = key < node.key ? node.left : node.right;
    return node?.value;
  }

  has(key: string): boolean {
    let node = this.root;
    while (node !== undefined && node.key !== key) node = key < node.key ? node.left : node.right;
    return node !== undefined;
  }

  /** This map where `value` is already there (by identity). */
  set(key: string, value: V): SortedMap<V> {
    const root = insert(this.root, key, value);
    return root === this.root ? this : SortedMap.of(root);
  }

  /** This map where the key is absent. */
  delete(key: string): SortedMap<V> {
    const root = remove(this.root, key);
    return root === this.root ? this : SortedMap.of(root);
  }

  /** Many changes at once; an empty map is filled at the cost of one node an entry. */
  edit(): MapEdit<V> {
    return this.root === undefined
      ? new MapFilling<V, SortedMap<V>>((entries) => SortedMap.from(entries))
      : new MapChanging<V, SortedMap<V>>(this);
  }

  *[Symbol.iterator](): Iterator<readonly [string, V]> {
    const path: Node<V>[] = [];
    let node = this.root;
    while (node !== undefined || path.length > 0) {
      for (; node !== undefined; node = node.left) path.push(node);
      const next = path.pop();
      if (next === undefined) return;
      yield [next.key, next.value];
      node = next.right;
    }
  }

  *keys(): IterableIterator<string> {
    for (const [key] of this) yield key;
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this) yield value;
  }

  /** Calls `visit` in key order for each key whose value is not identical in both maps. */
  diff(next: SortedMap<V>, visit: (key: string, before: V | undefined, after: V | undefined) => void): void {
    diff(this.root, next.root, visit);
  }
}
