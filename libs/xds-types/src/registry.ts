import type { Any } from '../gen/google/protobuf/any.js';
import { codecsByName, type CodecsByName } from '../gen/registry.js';
import { typeUrlPrefix, type TypeUrl, type Unpacked } from './any.js';
import type { MessageFns } from './codec.js';

/** Full name of a top-level message, `envoy.config.listener.v3.Listener`. */
export type MessageName = keyof CodecsByName;

/** Every codec by full message name. */
export const codecs: CodecsByName = codecsByName;

/** The codec of a type URL that is known when this is compiled. */
export type CodecOf<U extends TypeUrl> =
  U extends TypeUrl<infer V> ? (V extends MessageName ? CodecsByName[V] : never) : never;

/**
 * @param typeUrl a literal gives the codec's exact type
 * @returns undefined for a type that has no generated codec
 */
export function codecFor<U extends TypeUrl<MessageName>>(typeUrl: U): CodecOf<U>;
export function codecFor(typeUrl: string): MessageFns<unknown, string> | undefined;
export function codecFor(typeUrl: string): MessageFns<unknown, string> | undefined {
  const name = typeUrl.startsWith(typeUrlPrefix) ? typeUrl.slice(typeUrlPrefix.length) : typeUrl;
  return isMessageName(name) ? codecs[name] : undefined;
}

/** One case per message of the registry: the type URL tells the message's type. */
export type KnownMessage = { readonly [N in MessageName]: Unpacked<CodecsByName[N]> }[MessageName];

/**
 * Unpacks an Any of whatever type.
 *
 * @returns undefined for a type that has no generated codec
 * @throws Error where the bytes are no such message
 */
export function unpackKnown(any: Any): KnownMessage | undefined {
  const codec = codecFor(any.typeUrl);
  return codec === undefined
    ? undefined
    : ({ typeUrl: any.typeUrl, message: codec.decode(any.value) } as KnownMessage);
}

function isMessageName(name: string): name is MessageName {
  return Object.hasOwn(codecs, name);
}
