import { Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import type { Http2Stream } from 'node:http2';

/**
 * A response as pieces that are never joined: shared bodies stay shared. It looks to grpc-js like a Buffer that it copies
 * once into its frame, which needs `byteLength` and `copy` only.
 */
export class Rope {
  readonly byteLength: number;

  constructor(readonly pieces: readonly Uint8Array[]) {
    this.byteLength = pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  copy(target: Uint8Array, at = 0): number {
    let offset = at;
    for (const piece of this.pieces) {
      target.set(piece, offset);
      offset += piece.length;
    }
    return this.byteLength;
  }
}

/** How responses get from here to the network. */
export interface Transport {
  readonly name: 'zero-copy' | 'one-copy';
  readonly interceptors: readonly ServerInterceptor[];
}

/** What is serialised goes out as it is: grpc-js asks for a Buffer and uses of it what a Rope has. */
export function serializeRope(rope: Rope): Buffer {
  return rope as unknown as Buffer;
}

const frameHeaderBytes = 5;

/**
 * Writes the pieces of a Rope to the call's HTTP/2 stream without copying them. It leans on one private field of grpc-js,
 * the call's `stream`; `checkZeroCopy` tells at the start whether it is there.
 */
class ZeroCopyCall extends ServerInterceptingCall {
  private headersSent = false;

  constructor(private readonly inner: ConstructorParameters<typeof ServerInterceptingCall>[0]) {
    super(inner);
  }

  override sendMetadata(metadata: Metadata): void {
    this.headersSent = true;
    super.sendMetadata(metadata);
  }

  override sendMessage(message: unknown, callback: () => void): void {
    const stream = streamOf(this.inner);
    if (!(message instanceof Rope) || stream === undefined) {
      super.sendMessage(message, callback);
      return;
    }
    if (stream.destroyed || stream.closed) {
      callback();
      return;
    }
    if (!this.headersSent) this.sendMetadata(new Metadata());
    const header = Buffer.alloc(frameHeaderBytes);
    header.writeUInt32BE(message.byteLength, 1);
    stream.cork();
    const chunks = [header, ...message.pieces];
    const last = chunks.length - 1;
    chunks.forEach((chunk, index) => stream.write(chunk, index === last ? () => callback() : undefined));
    stream.uncork();
  }
}

function streamOf(call: object): Http2Stream | undefined {
  const stream = (call as { readonly stream?: unknown }).stream;
  return isHttp2Stream(stream) ? stream : undefined;
}

function isHttp2Stream(value: unknown): value is Http2Stream {
  if (typeof value !== 'object' || value === null) return false;
  return 'cork' in value && 'write' in value && 'session' in value;
}

/** Whether a call of this grpc-js has the field that the zero-copy transport needs. */
export function hasZeroCopy(call: object): boolean {
  return streamOf(call) !== undefined;
}

export const zeroCopyTransport: Transport = {
  name: 'zero-copy',
  interceptors: [(_method, call) => new ZeroCopyCall(call)],
};

export const oneCopyTransport: Transport = { name: 'one-copy', interceptors: [] };
