/**
 * Canonical objects: a producer whose new value equals the old one returns the old object, so that everywhere else
 * equality is `===`.
 */

/** `previous` where it equals `next` in content, else `next` with equal parts of `previous` put in their places. */
export function keepIdentity<T>(previous: T | undefined, next: T): T {
  return previous === undefined ? next : (merge(previous, next) as T);
}

/** Structural equality of plain values: primitives, arrays, plain objects and Uint8Arrays; other objects by identity. */
export function structurallyEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return equalBytes(a, b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => structurallyEqual(item, b[index]));
  }
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && structurallyEqual(a[key], b[key]));
}

function merge(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (structurallyEqual(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) {
    return next.map((item: unknown, index) => merge(previous[index], item));
  }
  if (isPlain(previous) && isPlain(next)) {
    return Object.fromEntries(Object.entries(next).map(([key, value]) => [key, merge(previous[key], value)]));
  }
  return next;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
