import { objectKey, type AnalyzedKind, type ObjectOf } from './analyzed-object.js';

/**
 * Objects by something that stands in them. An index is a value and is compared by identity: make each one once, at the top
 * of a module. `keysOf` reads nothing but the object; an object may have several keys, or none.
 */
export interface ObjectIndex<K extends AnalyzedKind = AnalyzedKind> {
  readonly name: string;
  readonly kinds: readonly K[];
  keysOf(object: ObjectOf<K>): readonly string[];
}

export function defineIndex<K extends AnalyzedKind>(
  name: string,
  kinds: readonly K[],
  keysOf: (object: ObjectOf<K>) => readonly string[],
): ObjectIndex<K> {
  return { name, kinds, keysOf };
}

const everyKey = [''] as const;
const every = new Map<AnalyzedKind, ObjectIndex>();
const byName = new Map<AnalyzedKind, ObjectIndex>();
const single = new Map<string, ObjectIndex>();

/** All objects of a kind, under the key ''. */
export function everyIndex<K extends AnalyzedKind>(kind: K): ObjectIndex<K> {
  return intern(every, kind, () => defineIndex(`every ${kind}`, [kind], () => everyKey)) as ObjectIndex<K>;
}

/** By `namespace/name`. */
export function nameIndex<K extends AnalyzedKind>(kind: K): ObjectIndex<K> {
  return intern(byName, kind, () =>
    defineIndex(`name of ${kind}`, [kind], ({ metadata }) => [`${metadata.namespace}/${metadata.name}`]),
  ) as ObjectIndex<K>;
}

/** Each object of some kinds under a key of its own. */
export function eachIndex<K extends AnalyzedKind>(kinds: readonly K[]): ObjectIndex<K> {
  const name = `each ${kinds.join(', ')}`;
  return intern(single, name, () =>
    defineIndex(name, kinds, (object) => [objectKey(object)]),
  ) as unknown as ObjectIndex<K>;
}

function intern<Key>(known: Map<Key, ObjectIndex>, key: Key, make: () => unknown): ObjectIndex {
  const found = known.get(key) ?? (make() as ObjectIndex);
  known.set(key, found);
  return found;
}
