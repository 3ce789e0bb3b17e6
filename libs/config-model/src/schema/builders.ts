import { Type, type Static, type TSchema, type TUnsafe } from '@sinclair/typebox';

/**
 * Builders for the schemas of all kinds. A schema is an ordinary JSON Schema (the structural subset that a CRD allows) and
 * carries the static type of the value, readonly throughout. Fields are optional unless listed as required.
 */

type Fields = Readonly<Record<string, TSchema>>;
type Flat<T> = { [K in keyof T]: T[K] };
type MessageOf<F extends Fields, R extends keyof F> = Flat<
  { readonly [K in R]: Static<F[K]> } & { readonly [K in Exclude<keyof F, R>]?: Static<F[K]> }
>;

/** A condition in CEL over `self`, the value that it stands at; the API server evaluates it, and `crdRules` of `./crd` do. */
export interface Rule {
  readonly rule: string;
  /** What is wrong where the rule does not hold. */
  readonly message: string;
}

/** The keyword under which a schema carries its rules, as a CRD does. */
export const rulesKeyword = 'x-kubernetes-validations';
/** The keyword under which a schema carries its `oneof` groups. */
export const oneofKeyword = 'x-istio-oneof';

interface Ruled {
  readonly rules?: readonly Rule[];
}

/** What a message says about its fields together. */
export interface MessageOptions extends Ruled {
  /** Groups of fields of which at most one may be set, as in a proto `oneof`. */
  readonly oneof?: readonly (readonly string[])[];
}

function withRules({ rules, ...options }: Ruled): object {
  return { ...options, ...(rules && { [rulesKeyword]: rules }) };
}

/** An object of which every field is known: others are mistakes. */
export function message<F extends Fields, R extends keyof F & string = never>(
  fields: F,
  required: readonly R[] = [],
  { oneof, rules }: MessageOptions = {},
): TUnsafe<MessageOf<F, R>> {
  return Type.Unsafe<MessageOf<F, R>>({
    type: 'object',
    properties: fields,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(oneof && { [oneofKeyword]: oneof }),
    ...(rules && { [rulesKeyword]: rules }),
  });
}

/** An object of which the mesh reads some fields; all others are kept as they are (Kubernetes kinds). */
export function openMessage<F extends Fields, R extends keyof F & string = never>(
  fields: F,
  required: readonly R[] = [],
): TUnsafe<MessageOf<F, R>> {
  return Type.Unsafe<MessageOf<F, R>>({
    type: 'object',
    properties: fields,
    additionalProperties: true,
    ...(required.length > 0 && { required }),
  });
}

export interface ListOptions extends Ruled {
  readonly minItems?: number;
  readonly maxItems?: number;
  /** The field by which entries are told apart: no two may have the same. */
  readonly key?: string;
}

export function list<T extends TSchema>(
  items: T,
  { key, ...options }: ListOptions = {},
): TUnsafe<readonly Static<T>[]> {
  const keyed = key !== undefined && {
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': [key],
  };
  return Type.Unsafe<readonly Static<T>[]>({ type: 'array', items, ...withRules(options), ...keyed });
}

export interface MapOptions extends Ruled {
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** Free keys, values of one type. */
export function map<T extends TSchema>(
  values: T,
  options: MapOptions = {},
): TUnsafe<Readonly<Record<string, Static<T>>>> {
  return Type.Unsafe<Readonly<Record<string, Static<T>>>>({
    type: 'object',
    additionalProperties: values,
    ...withRules(options),
  });
}

export interface TextOptions extends Ruled {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** An ECMAScript and RE2 pattern. */
  readonly pattern?: string;
}

export function textOf(options: TextOptions): TUnsafe<string> {
  return Type.Unsafe<string>({ type: 'string', ...withRules(options) });
}

/** The same, where a CRD lets `null` be written for: not set. */
export function nullable<T extends TSchema>(schema: T): TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ ...schema, nullable: true });
}

/** The same values, with further rules. */
export function ruled<T extends TSchema>(schema: T, rules: readonly Rule[]): TUnsafe<Static<T>> {
  return Type.Unsafe<Static<T>>({ ...schema, [rulesKeyword]: rules });
}

export function words<const W extends readonly string[]>(...values: W): TUnsafe<W[number]> {
  return Type.Unsafe<W[number]>({ type: 'string', enum: values });
}

export const text = Type.Unsafe<string>({ type: 'string' });
export const flag = Type.Unsafe<boolean>({ type: 'boolean' });
export const texts = list(text);
export const textMap = map(text);

/** Base64. */
export const bytes = Type.Unsafe<string>({ type: 'string', format: 'byte' });

/** A duration as written: `2s`, `0.5s`, `1h30m`; read it with `parseDurationMs`. Zero and less are refused by the CRD. */
export const duration = Type.Unsafe<string>({
  type: 'string',
  format: 'istio-duration',
  [rulesKeyword]: [{ rule: "duration(self) >= duration('1ms')", message: 'must be at least 1ms' }],
});

/** A duration of which zero means: none. */
export const durationOrZero = Type.Unsafe<string>({ type: 'string', format: 'istio-duration' });

export const int32 = Type.Unsafe<number>({ type: 'integer', format: 'int32' });
export const uint32 = integer(0, 4_294_967_295);
export const uint64 = Type.Unsafe<number>({ type: 'integer', minimum: 0 });
export const double = Type.Unsafe<number>({ type: 'number', format: 'double' });

/** A 32-bit number with bounds of its own. */
export function int32Of(bounds: { readonly minimum: number; readonly maximum?: number }): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'integer', format: 'int32', ...bounds });
}

/** A number with a fraction, with bounds. */
export function doubleOf(bounds: { readonly minimum: number; readonly maximum?: number }): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'number', format: 'double', ...bounds });
}

export function integer(minimum: number, maximum: number): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'integer', minimum, maximum });
}

/** A number, or a name (Kubernetes `targetPort`). */
export const intOrText = Type.Unsafe<number | string>({
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  'x-kubernetes-int-or-string': true,
});

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Any JSON object; its content is somebody else's matter. */
export const anyObject = Type.Unsafe<JsonObject>({
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
});
