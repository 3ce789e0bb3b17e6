/** The streams of a command that runs in a pod. */
export const Channel = { Stdin: 0, Stdout: 1, Stderr: 2, Exit: 3 } as const;
export type Channel = (typeof Channel)[keyof typeof Channel];

export interface Frame {
  readonly channel: number;
  readonly payload: Buffer;
}

const headerLength = 5;

/** One byte channel, four bytes length, payload. An empty frame ends its channel. */
export function encodeFrame(channel: Channel, payload: Buffer): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt8(channel, 0);
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

/** Takes frames out of a stream of bytes that is cut anywhere. */
export class FrameReader {
  #rest = Buffer.alloc(0);

  push(chunk: Buffer): readonly Frame[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const frames: Frame[] = [];
    while (this.#rest.length >= headerLength) {
      const end = headerLength + this.#rest.readUInt32BE(1);
      if (this.#rest.length < end) break;
      frames.push({ channel: this.#rest.readUInt8(0), payload: this.#rest.subarray(headerLength, end) });
      this.#rest = this.#rest.subarray(end);
    }
    return frames;
  }
}
