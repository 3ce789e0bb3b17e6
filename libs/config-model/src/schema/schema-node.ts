import type { TSchema } from '@sinclair/typebox';
import type { Place } from '../place.js';

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

/**
 * Reads a decoded value by a schema: the result has the schema's type, holds nothing that the schema does not know, and
 * leaves `null` out as protobuf's JSON does. Everything wrong is reported at its place, and left out.
 */
export type Reader = (value: unknown, place: Place) => unknown;

/** Gives the reader of a schema within a schema, when a value asks for it. */
export type FindReader = (schema: TSchema) => Reader;
