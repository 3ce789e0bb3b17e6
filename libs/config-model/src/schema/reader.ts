import type { Static, TSchema } from '@sinclair/typebox';
import type { Place } from '../place.js';
import { compileList } from './list-reader.js';
import { compileObject } from './object-reader.js';
import { compileInteger, compileNumber, compileText, expecting } from './scalar-reader.js';
import type { Reader, SchemaNode } from './schema-node.js';

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

function compile(schema: SchemaNode): Reader {
  switch (schema.type) {
    case 'object':
      return compileObject(schema, readerOf);
    case 'array':
      return compileList(schema, readerOf);
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
