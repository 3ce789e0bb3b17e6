import { invariant } from './invariant.js';

/**
 * Remembers the results of a pure function by the identity of its arguments: one WeakMap level per object argument, so
 * that an entry dies with any of its arguments, and Maps for primitive arguments. Objects come first, primitives last;
 * the first argument is an object. Arguments must be immutable and canonical (equal means identical), and narrow: what
 * the function reads, never a freshly built array or a whole snapshot. `undefined` counts as a primitive.
 */
export function memo<Args extends readonly unknown[], T>(
  compute: (...args: Args) => T,
): (...args: Args) => T {
  const root: Level = { weak: new WeakMap(), strong: undefined };
  return (...args) => {
    invariant(isObject(args[0]), 'the first argument of a memoised function is an object');
    let level = root;
    for (const arg of args) level = descend(level, arg);
    if (!('result' in level)) level.result = compute(...args);
    return level.result as T;
  };
}

interface Level {
  readonly weak: WeakMap<object, Level>;
  strong: Map<unknown, Level> | undefined;
  result?: unknown;
}

function descend(level: Level, arg: unknown): Level {
  if (isObject(arg)) return getOrAdd(level.weak, arg);
  level.strong ??= new Map<unknown, Level>();
  return getOrAdd(level.strong, arg);
}

function getOrAdd<K>(
  map: { get(key: K): Level | undefined; set(key: K, level: Level): unknown },
  key: K,
): Level {
  const found = map.get(key);
  if (found !== undefined) return found;
  const added: Level = { weak: new WeakMap(), strong: undefined };
  map.set(key, added);
  return added;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
