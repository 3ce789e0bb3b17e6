import { hash32 } from './stable-hash.js';

/*
 * A treap: a search tree by key and a heap by priority, the priority being a hash of the key. So its shape follows from
 * its keys alone, two trees with common content share it, and differences are found without looking at what is shared.
 */

/** A node of a treap, immutable; a tree is its root, or undefined where it is empty. */
export interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly priority: number;
  readonly left: Node<V> | undefined;
  readonly right: Node<V> | undefined;
  readonly size: number;
}

export type Visit<V> = (key: string, before: V | undefined, after: V | undefined) => void;

function withChildren<V>(node: Node<V>, left: Node<V> | undefined, right: Node<V> | undefined): Node<V> {
  return node.left === left && node.right === right ? node : withValue(node, node.value, left, right);
}

/** The same place in a tree of other values. */
export function withValue<W>(
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
export function build<V>(entries: ReadonlyMap<string, V>): Node<V> | undefined {
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

export function insert<V>(node: Node<V> | undefined, key: string, value: V): Node<V> {
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

export function remove<V>(node: Node<V> | undefined, key: string): Node<V> | undefined {
  if (node === undefined) return undefined;
  if (key === node.key) return join(node.left, node.right);
  return key < node.key
    ? withChildren(node, remove(node.left, key), node.right)
    : withChildren(node, node.left, remove(node.right, key));
}

export function join<V>(left: Node<V> | undefined, right: Node<V> | undefined): Node<V> | undefined {
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

export function diff<V>(before: Node<V> | undefined, after: Node<V> | undefined, visit: Visit<V>): void {
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
