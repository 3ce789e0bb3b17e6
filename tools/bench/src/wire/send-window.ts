import { defaultWindow, encodeFrame, FrameFlag, FrameType, largestFrame } from './http2-frames.js';

/** Cuts outgoing bytes of one stream into DATA frames as the peer's flow-control windows allow. */
export class SendWindow {
  private connection = defaultWindow;
  private stream = defaultWindow;
  private initial = defaultWindow;
  private pending: Buffer[] = [];

  constructor(
    private readonly streamId: number,
    private readonly write: (frame: Buffer) => void,
  ) {}

  send(bytes: Buffer): void {
    this.pending.push(bytes);
    this.flush();
  }

  /** WINDOW_UPDATE of the connection (stream 0) or of the stream. */
  widen(streamId: number, increment: number): void {
    if (streamId === 0) this.connection += increment;
    else this.stream += increment;
    this.flush();
  }

  /** SETTINGS_INITIAL_WINDOW_SIZE: the stream's window moves by the difference (RFC 9113, 6.9.2). */
  setInitial(value: number): void {
    this.stream += value - this.initial;
    this.initial = value;
    this.flush();
  }

  private flush(): void {
    for (let first = this.pending[0]; first !== undefined; first = this.pending[0]) {
      const room = Math.min(this.connection, this.stream, largestFrame);
      if (room <= 0) return;
      const piece = first.subarray(0, room);
      if (piece.length === first.length) this.pending.shift();
      else this.pending[0] = first.subarray(room);
      this.connection -= piece.length;
      this.stream -= piece.length;
      this.write(encodeFrame({ type: FrameType.Data, flags: 0, streamId: this.streamId }, piece));
    }
  }

  /** Ends this side of the stream. What the windows held back is dropped. */
  end(): void {
    this.pending = [];
    this.write(
      encodeFrame(
        { type: FrameType.Data, flags: FrameFlag.EndStream, streamId: this.streamId },
        Buffer.alloc(0),
      ),
    );
  }
}
