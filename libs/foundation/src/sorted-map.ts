import { hash32 } from './stable-hash.js';

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
      ? new MapFilling((entries) => SortedMap.from(entries))
      : new MapChanging<V>(this);
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

/** A map in the making. `done` gives the map: the one it began with, where nothing of it changed. */
export interface MapEdit<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  delete(key: string): void;
  done(): SortedMap<V>;
}

class MapFilling<V> implements MapEdit<V> {
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

class MapChanging<V> implements MapEdit<V> {
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

interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly priority: number;
  readonly left: Node<V> | undefined;
  readonly right: Node<V> | undefined;
  readonly size: number;
}

type Visit<V> = (key: string, before: V | undefined, after: V | undefined) => void;

function withChildren<V>(node: Node<V>, left: Node<V> | undefined, right: Node<V> | undefined): Node<V> {
  return node.left === left && node.right === right ? node : withValue(node, node.value, left, right);
}

/** The same place in a tree of other values. */
function withValue<W>(
  { key, priority }: Node<unknown>,
  value: W,
  left: Node<W> | undefined,
  right: Node<W> | undefined,
): Node<W> {
  return { key, value, priority, left, right, size: 1 + (left?.size ?? 0) + (right?.size ?? 0) };
}

/** Ties of priority break on the key, which keeps the shape unique. */
function above<V>(a: Node<V>, b: Node<V>): boolean {
  return a.priority === b.priority ? a.key < b.key : a.priority > b.priority;
}

type Growing<V> = { -readonly [K in keyof Node<V>]: Node<V>[K] };

/** The treap of all entries. Keys come in order, so each belongs at the end of the right spine, below what is above it. */
function build<V>(entries: ReadonlyMap<string, V>): Node<V> | undefined {
  const spine: Growing<V>[] = [];
  const close = (): Growing<V> | undefined => {
    const done = spine.pop();
    if (done !== undefined) done.size = 1 + (done.left?.size ?? 0) + (done.right?.size ?? 0);
    return done;
  };
  for (const key of [...entries.keys()].sort()) {
    const value = entries.get(key) as V;
    const added: Growing<V> = {
      key,
      value,
      priority: hash32(key),
      left: undefined,
      right: undefined,
      size: 1,
    };
    for (let last = spine.at(-1); last !== undefined && above(added, last); last = spine.at(-1))
      added.left = close();
    const parent = spine.at(-1);
    if (parent !== undefined) parent.right = added;
    spine.push(added);
  }
  let root: Growing<V> | undefined;
  while (spine.length > 0) root = close();
  return root;
}

function insert<V>(node: Node<V> | undefined, key: string, value: V): Node<V> {
  if (node === undefined) {
    return { key, value, priority: hash32(key), left: undefined, right: undefined, size: 1 };
  }
  if (key === node.key) return Object.is(value, node.value) ? node : { ...node, value };
  if (key < node.key) {
    const left = insert(node.left, key, value);
    if (!above(left, node)) return withChildren(node, left, node.right);
    return withChildren(left, left.left, withChildren(node, left.right, node.right));
  }
  const right = insert(node.right, key, value);
  if (!above(right, node)) return withChildren(node, node.left, right);
  return withChildren(right, withChildren(node, node.left, right.left), right.right);
}

function remove<V>(node: Node<V> | undefined, key: string): Node<V> | undefined {
  if (node === undefined) return undefined;
  if (key === node.key) return join(node.left, node.right);
  return key < node.key
    ? withChildren(node, remove(node.left, key), node.right)
    : withChildren(node, node.left, remove(node.right, key));
}

function join<V>(left: Node<V> | undefined, right: Node<V> | undefined): Node<V> | undefined {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return above(left, right)
    ? withChildren(left, left.left, join(left.right, right))
    : withChildren(right, join(left, right.left), right.right);
}

/** Splits around `key`: what is smaller, the node itself where present, what is greater. */
function split<V>(
  node: Node<V> | undefined,
  key: string,
): readonly [Node<V> | undefined, Node<V> | undefined, Node<V> | undefined] {
  if (node === undefined) return [undefined, undefined, undefined];
  if (key === node.key) return [node.left, node, node.right];
  if (key < node.key) {
    const [smaller, found, greater] = split(node.left, key);
    return [smaller, found, withChildren(node, greater, node.right)];
  }
  const [smaller, found, greater] = split(node.right, key);
  return [withChildren(node, node.left, smaller), found, greater];
}

function diff<V>(before: Node<V> | undefined, after: Node<V> | undefined, visit: Visit<V>): void {
  if (before === after) return;
  if (after === undefined || (before !== undefined && above(before, after))) {
    if (before === undefined) return;
    const [smaller, found, greater] = split(after, before.key);
    diff(before.left, smaller, visit);
    if (found === undefined || !Object.is(found.value, before.value))
      visit(before.key, before.value, found?.value);
    diff(before.right, greater, visit);
    return;
  }
  const [smaller, found, greater] = split(before, after.key);
  diff(smaller, after.left, visit);
  if (found === undefined || !Object.is(found.value, after.value))
    visit(after.key, found?.value, after.value);
  diff(greater, after.right, visit);
}
