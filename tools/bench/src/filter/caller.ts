import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { answerSize } from './answer.js';

/** Undefined when all were answered. */
export type Settle = (failure: MeshError | undefined) => void;

/** One connection that is kept. */
export class Caller {
  private received: Buffer = Buffer.alloc(0);
  private awaited = 0;
  private settle: Settle | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('error', (error) => this.settle?.(MeshError.from(error, 'the load')));
    socket.on('close', () =>
      this.settle?.(new MeshError(MeshErrorCode.Unavailable, 'Envoy closed a connection under load')),
    );
  }

  static async open(address: string, port: number): Promise<Caller> {
    const socket = connect(port, address);
    await once(socket, 'connect');
    return new Caller(socket);
  }

  /** Sends whole requests, one behind the other; `settle` is called once. Not to be called again before that. */
  call(requests: readonly Buffer[], settle: Settle): void {
    this.settle = settle;
    this.awaited = requests.length;
    for (const request of requests) this.socket.write(request);
  }

  close(): void {
    this.settle = undefined;
    this.socket.destroy();
  }

  private read(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    for (let size = answerSize(this.received); size !== undefined; size = answerSize(this.received)) {
      this.received = this.received.subarray(size);
      this.awaited -= 1;
    }
    if (this.awaited > 0) return;
    const settle = this.settle;
    this.settle = undefined;
    settle?.(undefined);
  }
}
