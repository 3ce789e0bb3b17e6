import type { Static, TSchema } from '@sinclair/typebox';

/** What a field is for: a text, or a text and what the fields of the message in it are for. */
export type FieldText<T> =
  string | (NonNullable<T> extends string | number | boolean ? never : Described<Inner<T>>);

/** The message that a field, a list or a map holds. */
type Inner<T> =
  NonNullable<T> extends readonly (infer E)[]
    ? E
    : string extends keyof NonNullable<T>
      ? NonNullable<T>[keyof NonNullable<T>]
      : NonNullable<T>;

type Described<T> = readonly [text: string, fields: FieldTexts<T>];

/** A text for every field: one that is forgotten does not compile. */
export type FieldTexts<T> = { readonly [F in keyof T]-?: FieldText<T[F]> };

export interface MessageTexts {
  readonly schema: TSchema;
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Says what a message and its fields are for. */
export function describeMessage<S extends TSchema>(
  schema: S,
  text: string,
  fields: FieldTexts<Static<S>>,
): MessageTexts {
  return { schema, text, fields };
}
