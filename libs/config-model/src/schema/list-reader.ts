import type { Place } from '../place.js';
import { describeValue } from './describe-value.js';
import { isPlainObject } from './plain-object.js';
import type { FindReader, Reader, SchemaNode } from './schema-node.js';

export function compileList(schema: SchemaNode, findReader: FindReader): Reader {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  const [key] = schema['x-kubernetes-list-map-keys'] ?? [];
  let item: Reader | undefined;
  return (value, place) => {
    if (!Array.isArray(value)) {
      place.error(`expected a list, found ${describeValue(value)}`);
      return undefined;
    }
    if (value.length < minItems) place.error(`needs at least ${minItems} entries`);
    if (value.length > maxItems) place.error(`has ${value.length} entries, at most ${maxItems} are allowed`);
    if (items === undefined) return value as readonly unknown[];
    if (key !== undefined) checkKeys(value, key, place);
    const reader = (item ??= findReader(items));
    const result: unknown[] = [];
    for (const [index, entry] of value.entries()) {
      const read = reader(entry, place.at(index));
      if (read !== undefined) result.push(read);
    }
    return result;
  };
}

/** Reports entries that have the same value in the field that tells them apart. */
function checkKeys(entries: readonly unknown[], key: string, place: Place): void {
  const seen = new Set<unknown>();
  for (const [index, entry] of entries.entries()) {
    const value: unknown = isPlainObject(entry) ? entry[key] : undefined;
    if (value === undefined || value === null) continue;
    if (seen.has(value)) place.at(index, key).error(`the ${key} ${describeValue(value)} stands here twice`);
    seen.add(value);
  }
}
