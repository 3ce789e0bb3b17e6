import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { FrameFlag, frameHeaderBytes, FrameType, type FrameHead } from './http2-frames.js';

/** What is told of the frames as they come in. Bytes belong to the reader: they are valid during the call only. */
export interface FrameHandler {
  /** A piece of a DATA frame, perhaps not the whole of it. */
  data(piece: Buffer): void;
  /** A DATA or HEADERS frame ended the stream. */
  ended(): void;
  /** Any other frame, whole. */
  control(head: FrameHead, payload: Buffer): void;
}

/** Cuts bytes into HTTP/2 frames. DATA passes through uncopied, other frames (small) are collected. */
export class FrameReader {
  private readonly headBytes = Buffer.alloc(frameHeaderBytes);
  private headFilled = 0;
  private head: FrameHead = { type: 0, flags: 0, streamId: 0 };
  private remaining = 0;
  private collected: Buffer[] = [];

  constructor(private readonly handler: FrameHandler) {}

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.headFilled < frameHeaderBytes) {
        at += this.readHead(chunk, at);
        if (this.headFilled < frameHeaderBytes || this.remaining > 0) continue;
        this.finish();
        continue;
      }
      const piece = chunk.subarray(at, at + this.remaining);
      at += piece.length;
      this.remaining -= piece.length;
      if (this.head.type === FrameType.Data) this.handler.data(piece);
      else this.collected.push(Buffer.from(piece));
      if (this.remaining === 0) this.finish();
    }
  }

  private readHead(chunk: Buffer, at: number): number {
    const copied = chunk.copy(this.headBytes, this.headFilled, at);
    this.headFilled += copied;
    if (this.headFilled < frameHeaderBytes) return copied;
    this.remaining = this.headBytes.readUIntBE(0, 3);
    const flags = this.headBytes.readUInt8(4);
    this.head = {
      type: this.headBytes.readUInt8(3),
      flags,
      streamId: this.headBytes.readUInt32BE(5) & 0x7fffffff,
    };
    if (this.head.type === FrameType.Data && (flags & FrameFlag.Padded) !== 0) {
      throw new MeshError(
        MeshErrorCode.Protocol,
        'the server pads its frames, which this client does not read',
      );
    }
    return copied;
  }

  private finish(): void {
    const { head } = this;
    this.headFilled = 0;
    if (head.type !== FrameType.Data) {
      const payload = Buffer.concat(this.collected);
      this.collected = [];
      this.handler.control(head, payload);
    }
    const endsStream = head.type === FrameType.Data || head.type === FrameType.Headers;
    if (endsStream && (head.flags & FrameFlag.EndStream) !== 0) this.handler.ended();
  }
}
