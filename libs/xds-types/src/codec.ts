import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';

/** What a `google.protobuf.Value` holds. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** What a `google.protobuf.Struct` holds. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * A message's functions. Every generated message is a type and a codec of the same name: `core.Node`.
 *
 * @typeParam T the message
 * @typeParam V its full protobuf name, `envoy.config.core.v3.Node`
 */
export interface MessageFns<T, V extends string> {
  readonly $type: V;
  /** Appends the message's bytes; `encode(message).finish()` is the message alone. Maps come out in the order of their keys. */
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  /** Fields that are not known are skipped. Throws on bytes that are no protobuf. */
  decode(input: BinaryReader | Uint8Array, length?: number): T;
  /** The given fields as they are (nested messages are shared, not copied) over the defaults of the others. */
  create(fields?: Partial<T>): T;
  /** A deep copy in which every level may leave fields out. */
  fromPartial(object: DeepPartial<T>): T;
}

/** A message of which any part may be missing, at any depth. */
export type DeepPartial<T> = T extends Builtin
  ? T
  : T extends JsonObject
    ? T
    : T extends readonly (infer U)[]
      ? readonly DeepPartial<U>[]
      : T extends { readonly $case: string; readonly value: unknown }
        ? { readonly $case: T['$case']; readonly value?: DeepPartial<T['value']> | undefined }
        : T extends object
          ? { readonly [K in keyof T]?: DeepPartial<T[K]> | undefined }
          : Partial<T>;

type Builtin = Uint8Array | string | number | boolean | null | undefined;
