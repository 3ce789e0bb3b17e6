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

/** What a message says about its fields together. */
export interface MessageOptions {
  /** Groups of fields of which at most one may be set, as in a proto `oneof`. */
  readonly oneof?: readonly (readonly string[])[];
  readonly description?: string;
}

/** The keyword under which a schema carries its `oneof` groups. */
export const oneofKeyword = 'x-istio-oneof';

/** An object of which every field is known: others are mistakes. */
export function message<F extends Fields, R extends keyof F & string = never>(
  fields: F,
  required: readonly R[] = [],
  { oneof, ...rest }: MessageOptions = {},
): TUnsafe<MessageOf<F, R>> {
  return Type.Unsafe<MessageOf<F, R>>({
    type: 'object',
    properties: fields,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(oneof && { [oneofKeyword]: oneof }),
    ...rest,
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

export function list<T extends TSchema>(
  items: T,
  options: { readonly minItems?: number; readonly maxItems?: number } = {},
): TUnsafe<readonly Static<T>[]> {
  return Type.Unsafe<readonly Static<T>[]>({ type: 'array', items, ...options });
}

/** Free keys, values of one type. */
export function map<T extends TSchema>(values: T): TUnsafe<Readonly<Record<string, Static<T>>>> {
  return Type.Unsafe<Readonly<Record<string, Static<T>>>>({ type: 'object', additionalProperties: values });
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

/** A duration as written: `2s`, `0.5s`, `1h30m`; read it with `parseDurationMs`. */
export const duration = Type.Unsafe<string>({ type: 'string', format: 'istio-duration' });

export const int32 = integer(-2_147_483_648, 2_147_483_647);
export const uint32 = integer(0, 4_294_967_295);
export const uint64 = integer(0, Number.MAX_SAFE_INTEGER);
export const double = Type.Unsafe<number>({ type: 'number' });

export function integer(minimum: number, maximum: number): TUnsafe<number> {
  return Type.Unsafe<number>({ type: 'integer', minimum, maximum });
}

/** A number, or a name (Kubernetes `targetPort`). */
export const intOrText = Type.Unsafe<number | string>({ 'x-kubernetes-int-or-string': true });

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Any JSON object; its content is somebody else's matter. */
export const anyObject = Type.Unsafe<JsonObject>({
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
});
