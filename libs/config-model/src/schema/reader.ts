import type { Static, TSchema } from '@sinclair/typebox';
import type { Place } from '../place.js';
import { parseDurationMs } from '../naming/duration.js';
import { suggest } from '../nearest-name.js';
import { compileObject, isPlainObject } from './object-reader.js';
import { describeValue } from './describe-value.js';

/**
 * Reads a decoded value by a schema: the result has the schema's type, holds nothing that the schema does not know, and
 * leaves `null` out as protobuf's JSON does. Everything wrong is reported at its place, and left out.
 */
export type Reader = (value: unknown, place: Place) => unknown;

const compiled = new WeakMap<object, Reader>();

/** Undefined where the value as a whole is of the wrong type; compiled once a schema. */
export function read<S extends TSchema>(schema: S, value: unknown, place: Place): Static<S> | undefined {
  return readerOf(schema)(value, place);
}

export function readerOf(schema: TSchema): Reader {
  const found = compiled.get(schema);
  if (found !== undefined) return found;
  const reader = compile(schema);
  compiled.set(schema, reader);
  return reader;
}

/** The keywords that our builders write. */
export interface SchemaNode extends TSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly items?: TSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

function compile(schema: SchemaNode): Reader {
  switch (schema.type) {
    case 'object':
      return compileObject(schema);
    case 'array':
      return compileList(schema);
    case 'string':
      return compileText(schema);
    case 'integer':
      return compileInteger(schema);
    case 'number':
      return compileNumber(schema);
    case 'boolean':
      return expecting('true or false', (value) => typeof value === 'boolean');
    default:
      return expecting('a number or text', (value) => typeof value === 'string' || Number.isInteger(value));
  }
}

function expecting(what: string, accepts: (value: unknown) => boolean): Reader {
  return (value, place) => {
    if (accepts(value)) return value;
    place.error(`expected ${what}, found ${describeValue(value)}`);
    return undefined;
  };
}

function compileText(schema: SchemaNode): Reader {
  const { enum: words, format } = schema;
  const text = expectingText(words ? `one of ${words.join(', ')}` : 'text');
  if (words) return compileWords(words, text);
  if (format === 'istio-duration') return compileDuration(text);
  if (format === 'byte') return compileBytes(text);
  return compileBoundedText(schema, text);
}

/** In a flow list, YAML takes `[fd00::]` for a mapping: told, since it looks like text. */
function expectingText(what: string): Reader {
  const text = expecting(what, (value) => typeof value === 'string');
  return (value, place) => {
    const [key, ...others] = isPlainObject(value) ? Object.keys(value) : [];
    if (!isPlainObject(value) || key === undefined || others.length > 0 || value[key] !== null)
      return text(value, place);
    place.error(
      `expected ${what}, found an object; put ${JSON.stringify(`${key}:`)} in quotes if it is text`,
    );
    return undefined;
  };
}

function compileBoundedText(
  { minLength = 0, maxLength = Infinity, pattern }: SchemaNode,
  text: Reader,
): Reader {
  if (minLength === 0 && maxLength === Infinity && pattern === undefined) return text;
  const wanted = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (value, place) => {
    if (typeof value !== 'string') return text(value, place);
    if (value.length < minLength) place.error('must not be empty');
    else if (value.length > maxLength) {
      place.error(`has ${value.length} characters, at most ${maxLength} are allowed`);
    } else if (wanted?.test(value) === false) {
      place.error(`${describeValue(value)} is not of the form ${wanted.source}`);
    }
    return value;
  };
}

function compileWords(words: readonly string[], text: Reader): Reader {
  const known = new Set<unknown>(words);
  return (value, place) => {
    if (known.has(value)) return value;
    if (typeof value !== 'string') return text(value, place);
    place.error(`${describeValue(value)} is not one of ${words.join(', ')}${suggest(value, words)}`);
    return undefined;
  };
}

function compileDuration(text: Reader): Reader {
  return (value, place) => {
    if (typeof value !== 'string') return text(value, place);
    if (parseDurationMs(value) !== undefined) return value;
    place.error(`${describeValue(value)} is not a duration; write it like 2s, 0.5s, 100ms or 1h30m`);
    return undefined;
  };
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/u;

function compileBytes(text: Reader): Reader {
  return (value, place) => {
    if (typeof value !== 'string') return text(value, place);
    if (base64.test(value.replaceAll(/\s/gu, ''))) return value;
    place.error('is not base64');
    return undefined;
  };
}

const int32 = { minimum: -2_147_483_648, maximum: 2_147_483_647 } as const;
const safe = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;

function compileInteger(schema: SchemaNode): Reader {
  const widest = schema.format === 'int32' ? int32 : safe;
  const { minimum = widest.minimum, maximum = widest.maximum } = schema;
  return (value, place) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      place.error(`expected a whole number, found ${describeValue(value)}`);
      return undefined;
    }
    return within(value, { minimum, maximum }, place);
  };
}

function compileNumber({ minimum = -Infinity, maximum = Infinity }: SchemaNode): Reader {
  const number = expecting('a number', (value) => typeof value === 'number' && Number.isFinite(value));
  return (value, place) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return number(value, place);
    return within(value, { minimum, maximum }, place);
  };
}

function within(
  value: number,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  place: Place,
): number | undefined {
  if (value >= minimum && value <= maximum) return value;
  place.error(`${value} is not between ${minimum} and ${maximum}`);
  return undefined;
}

function compileList(schema: SchemaNode): Reader {
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
    const reader = (item ??= readerOf(items));
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
