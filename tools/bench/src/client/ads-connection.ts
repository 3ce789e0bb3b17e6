import { connect, type Socket } from 'node:net';
import { MeshError } from '@istio-ts/foundation';
import { FrameReader, type FrameHandler } from '../wire/frame-reader.js';
import {
  clientGreeting,
  encodeCallHeaders,
  encodeFrame,
  encodeWindowUpdate,
  FrameFlag,
  FrameType,
  SettingId,
  settingsAck,
  type FrameHead,
} from '../wire/http2-frames.js';
import { grpcHeaderBytes, MessageReader, type BufferPool } from '../wire/message-reader.js';
import { SendWindow } from '../wire/send-window.js';

export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface ConnectionEvents {
  /** One gRPC message, valid during the call only. */
  message(bytes: Buffer): void;
  /** The stream or its connection ended, and not by `close`. */
  ended(reason: string): void;
}

/** What connections of one process share: reads are handled to the end before the next one begins. */
export interface ConnectionSupplies {
  readonly readBuffer: Buffer;
  readonly pool: BufferPool;
}

const streamId = 1;
const path = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';
const windowRefill = 2 ** 22;

/** One TCP connection with one delta discovery call on it: HTTP/2 by hand, without TLS. */
export class AdsConnection implements FrameHandler {
  private socket: Socket | undefined;
  private readonly frames = new FrameReader(this);
  private readonly messages: MessageReader;
  private readonly sendWindow = new SendWindow(streamId, (frame) => this.socket?.write(frame));
  private unreported = 0;

  constructor(
    private readonly target: Target,
    private readonly supplies: ConnectionSupplies,
    private readonly events: ConnectionEvents,
  ) {
    this.messages = new MessageReader(supplies.pool, (bytes) => this.events.message(bytes));
  }

  open(): void {
    const { host, port } = this.target;
    const onread = {
      buffer: this.supplies.readBuffer,
      callback: (length: number): boolean => {
        this.read(this.supplies.readBuffer.subarray(0, length));
        return true;
      },
    };
    this.socket = connect({ host, port, noDelay: true, onread });
    this.socket.on('error', (error) => this.finish(error.message));
    this.socket.on('close', () => this.finish('the server closed the connection'));
    this.cork();
    this.socket.write(clientGreeting);
    this.socket.write(encodeCallHeaders(streamId, `${host}:${port}`, path));
  }

  /** Sends one gRPC message. */
  send(message: Uint8Array): void {
    const framed = Buffer.allocUnsafe(grpcHeaderBytes + message.length);
    framed[0] = 0;
    framed.writeUInt32BE(message.length, 1);
    framed.set(message, grpcHeaderBytes);
    this.cork();
    this.sendWindow.send(framed);
  }

  /** What is written in one turn goes out in one piece. */
  private cork(): void {
    const { socket } = this;
    if (socket === undefined || socket.writableCorked > 0) return;
    socket.cork();
    process.nextTick(() => socket.uncork());
  }

  close(): void {
    const { socket } = this;
    this.socket = undefined;
    socket?.destroy();
  }

  private read(chunk: Buffer): void {
    try {
      this.frames.push(chunk);
    } catch (error) {
      this.finish(MeshError.from(error).message);
    }
  }

  data(piece: Buffer): void {
    this.unreported += piece.length;
    if (this.unreported >= windowRefill) {
      this.socket?.write(encodeWindowUpdate(0, this.unreported));
      this.socket?.write(encodeWindowUpdate(streamId, this.unreported));
      this.unreported = 0;
    }
    this.messages.push(piece);
  }

  ended(): void {
    this.finish('the server ended the stream');
  }

  control(head: FrameHead, payload: Buffer): void {
    if (head.type === FrameType.Settings) this.applySettings(head, payload);
    else if (head.type === FrameType.WindowUpdate)
      this.sendWindow.widen(head.streamId, payload.readUInt32BE(0));
    else if (head.type === FrameType.Ping && (head.flags & FrameFlag.Ack) === 0) {
      this.socket?.write(encodeFrame({ type: FrameType.Ping, flags: FrameFlag.Ack, streamId: 0 }, payload));
    } else if (head.type === FrameType.ResetStream) {
      this.finish(`the server reset the stream with HTTP/2 error ${payload.readUInt32BE(0)}`);
    } else if (head.type === FrameType.GoAway) {
      this.finish(`the server goes away with HTTP/2 error ${payload.readUInt32BE(4)}`);
    }
  }

  private applySettings({ flags }: FrameHead, payload: Buffer): void {
    if ((flags & FrameFlag.Ack) !== 0) return;
    for (let at = 0; at + 6 <= payload.length; at += 6) {
      if (payload.readUInt16BE(at) === SettingId.InitialWindowSize) {
        this.sendWindow.setInitial(payload.readUInt32BE(at + 2));
      }
    }
    this.socket?.write(settingsAck);
  }

  private finish(reason: string): void {
    if (this.socket === undefined) return;
    this.close();
    this.events.ended(reason);
  }
}
