import type { TSchema } from '@sinclair/typebox';
import type { Place } from '../place.js';
import { suggest } from '../nearest-name.js';
import { oneofKeyword } from './builders.js';
import { describeValue } from './describe-value.js';
import { jsonName } from './json-name.js';
import { isPlainObject, type PlainObject } from './plain-object.js';
import type { FindReader, Reader, SchemaNode } from './schema-node.js';

/** The keywords of an object schema as our builders write them. */
interface ObjectNode extends SchemaNode {
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | TSchema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly [oneofKeyword]?: readonly (readonly string[])[];
}

export function compileObject(schema: SchemaNode, findReader: FindReader): Reader {
  const node = schema as ObjectNode;
  const readFields = node.properties
    ? compileMessage(node, node.properties, findReader)
    : compileMap(node, findReader);
  return (value, place) => {
    if (isPlainObject(value)) return readFields(value, place);
    place.error(`expected an object, found ${describeValue(value)}`);
    return undefined;
  };
}

type FieldsReader = (value: PlainObject, place: Place) => unknown;

function compileMessage(
  node: ObjectNode,
  properties: Readonly<Record<string, TSchema>>,
  findReader: FindReader,
): FieldsReader {
  const schemas = new Map(Object.entries(properties));
  const names = [...schemas.keys()];
  const open = node.additionalProperties === true;
  const checks = [requiredCheck(node.required ?? []), ...(node[oneofKeyword] ?? []).map(oneofCheck)];
  const nameOf = open ? (written: string) => written : (written: string) => knownName(written, schemas);
  return (value, place) => {
    const result: Record<string, unknown> = {};
    for (const name of Object.keys(value)) {
      const field = value[name];
      if (field === null || field === undefined) continue;
      const known = nameOf(name);
      const schema = schemas.get(known);
      if (schema !== undefined) {
        const read = findReader(schema)(field, place.at(name));
        if (read !== undefined) result[known] = read;
        if (known !== name) checkSpelling(value, { known, written: name }, place);
      } else if (!open) {
        place.at(name).unknownField(`there is no field ${JSON.stringify(name)} here${suggest(name, names)}`);
      } else if (name !== '__proto__') {
        result[name] = field;
      }
    }
    for (const check of checks) check(result, value, place);
    return result;
  };
}

/** The field that a written name means: protobuf's JSON may also be written with the names of the proto (`from_cidr`). */
function knownName(written: string, fields: ReadonlyMap<string, TSchema>): string {
  return fields.has(written) ? written : jsonName(written);
}

/** One field under both of its names: which one counts would be anybody's guess. */
function checkSpelling(
  value: PlainObject,
  { known, written }: { readonly known: string; readonly written: string },
  place: Place,
): void {
  if (value[known] === null || value[known] === undefined) return;
  place.at(written).error(`is the same field as ${known}, which is set too`);
}

/** Checks what a message says of its fields together; a field that was refused alone is not also missing. */
type FieldsCheck = (read: PlainObject, written: PlainObject, place: Place) => void;

function requiredCheck(required: readonly string[]): FieldsCheck {
  return (read, written, place) => {
    for (const name of required) if (!isSet(read, written, name)) place.at(name).error('is required');
  };
}

function oneofCheck(group: readonly string[]): FieldsCheck {
  return (read, written, place) => {
    const set = group.filter((name) => isSet(read, written, name));
    if (set.length > 1) place.error(`only one of ${group.join(', ')} may be set, not ${set.join(' and ')}`);
  };
}

function isSet(read: PlainObject, written: PlainObject, name: string): boolean {
  return read[name] !== undefined || (written[name] !== null && written[name] !== undefined);
}

function compileMap(node: ObjectNode, findReader: FindReader): FieldsReader {
  const { additionalProperties, minProperties = 0, maxProperties = Infinity } = node;
  if (typeof additionalProperties !== 'object') return (value) => value;
  return (value, place) => {
    const reader = findReader(additionalProperties);
    const result: Record<string, unknown> = {};
    const keys = Object.keys(value);
    if (keys.length < minProperties) place.error('is empty; leave it out');
    if (keys.length > maxProperties)
      place.error(`has ${keys.length} entries, at most ${maxProperties} are allowed`);
    for (const key of keys) {
      const at = place.at(key);
      if (key === '__proto__') at.error('cannot be used as a key');
      else if (value[key] === null) at.error('has no value');
      else {
        const read = reader(value[key], at);
        if (read !== undefined) result[key] = read;
      }
    }
    return result;
  };
}
