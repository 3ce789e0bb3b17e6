import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

export const grpcHeaderBytes = 5;
const pooledBytes = 65_536;

/** Buffers for large messages, used again: each message would otherwise fault in fresh pages. */
export class BufferPool {
  private readonly free: Buffer[] = [];

  take(length: number): Buffer {
    const index = this.free.findIndex((buffer) => buffer.length >= length);
    const [found] = index === -1 ? [] : this.free.splice(index, 1);
    return found ?? Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(length)));
  }

  give(buffer: Buffer): void {
    this.free.push(buffer);
  }
}

/** Cuts the bytes of a stream into gRPC messages. A message is valid during the call that delivers it only. */
export class MessageReader {
  private readonly head = Buffer.alloc(grpcHeaderBytes);
  private headFilled = 0;
  private length = 0;
  private body: Buffer | undefined;
  private bodyFilled = 0;

  constructor(
    private readonly pool: BufferPool,
    private readonly deliver: (message: Buffer) => void,
  ) {}

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length || (this.headFilled === grpcHeaderBytes && this.length === 0)) {
      if (this.headFilled < grpcHeaderBytes) at += this.readHead(chunk, at);
      else at += this.readBody(chunk, at);
    }
  }

  private readHead(chunk: Buffer, at: number): number {
    const copied = chunk.copy(this.head, this.headFilled, at);
    this.headFilled += copied;
    if (this.headFilled < grpcHeaderBytes) return copied;
    if (this.head[0] !== 0) throw new MeshError(MeshErrorCode.Protocol, 'the server compresses its messages');
    this.length = this.head.readUInt32BE(1);
    return copied;
  }

  private readBody(chunk: Buffer, at: number): number {
    if (this.body === undefined && chunk.length - at >= this.length) {
      const { length } = this;
      this.headFilled = 0;
      this.deliver(chunk.subarray(at, at + length));
      return length;
    }
    this.body ??= this.length < pooledBytes ? Buffer.allocUnsafe(this.length) : this.pool.take(this.length);
    const copied = chunk.copy(this.body, this.bodyFilled, at, at + this.length - this.bodyFilled);
    this.bodyFilled += copied;
    if (this.bodyFilled === this.length) this.finish(this.body);
    return copied;
  }

  private finish(body: Buffer): void {
    this.headFilled = 0;
    this.bodyFilled = 0;
    this.body = undefined;
    this.deliver(body.subarray(0, this.length));
    if (this.length >= pooledBytes) this.pool.give(body);
  }
}
