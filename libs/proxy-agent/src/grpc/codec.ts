import type { MessageFns } from '@istio-ts/xds-types';

/** Bytes of a message for grpc-js, which wants a Buffer and copies it itself. */
export function serialize<T>(codec: MessageFns<T, string>): (message: T) => Buffer {
  return (message) => {
    const bytes = codec.encode(message).finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

export function deserialize<T>(codec: MessageFns<T, string>): (bytes: Buffer) => T {
  return (bytes) => codec.decode(bytes);
}

/** Bytes as they are: the relay hands on what it did not change without encoding it again. */
export const asIs = (bytes: Buffer): Buffer => bytes;
