import type { Any } from '../gen/google/protobuf/any.js';
import type { MessageFns } from './codec.js';

/** The prefix of every type URL in xDS. */
export const typeUrlPrefix = 'type.googleapis.com/';

/** `type.googleapis.com/envoy.config.listener.v3.Listener` */
export type TypeUrl<V extends string = string> = `${typeof typeUrlPrefix}${V}`;

/**
 * @param codec of the message type, `listener.Listener`
 * @returns its type URL, as a literal type
 */
export function typeUrlOf<V extends string>(codec: { readonly $type: V }): TypeUrl<V> {
  return `${typeUrlPrefix}${codec.$type}`;
}

/**
 * @param codec of the message's type
 * @param message is encoded at once: equal messages give equal bytes
 */
export function packAny<T, V extends string>(codec: MessageFns<T, V>, message: T): Any {
  return { typeUrl: typeUrlOf(codec), value: codec.encode(message).finish() };
}

/** Whether an Any holds a message of this type. */
export function isAnyOf(any: Any, codec: { readonly $type: string }): boolean {
  return any.typeUrl === typeUrlOf(codec);
}

/**
 * @returns the message, or undefined where the Any holds another type
 * @throws Error where the bytes are no such message
 */
export function unpackAny<T, V extends string>(any: Any, codec: MessageFns<T, V>): T | undefined {
  return isAnyOf(any, codec) ? codec.decode(any.value) : undefined;
}

/** One case of an unpacked Any: `typeUrl` tells the type of `message`. */
export type Unpacked<C> =
  C extends MessageFns<infer T, infer V> ? { readonly typeUrl: TypeUrl<V>; readonly message: T } : never;

/**
 * Unpacks an Any that holds one of several types.
 *
 * @returns undefined where it holds none of them; `switch (unpacked.typeUrl)` narrows the message
 * @throws Error where the bytes are no such message
 */
export function unpackAnyOf<const C extends readonly MessageFns<unknown, string>[]>(
  any: Any,
  codecs: C,
): Unpacked<C[number]> | undefined {
  const codec = codecs.find((candidate) => isAnyOf(any, candidate));
  if (codec === undefined) return undefined;
  return { typeUrl: any.typeUrl, message: codec.decode(any.value) } as Unpacked<C[number]>;
}
