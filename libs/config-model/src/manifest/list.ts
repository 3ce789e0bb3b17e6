import { isPlainObject } from '../schema/plain-object.js';

/** `kind: List`, or the typed lists of an API server such as `ServiceList`. */
export function isList(value: unknown): value is { readonly items: readonly unknown[] } {
  if (!isPlainObject(value)) return false;
  const { kind, items } = value;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
}
