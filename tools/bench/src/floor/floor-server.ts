import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { MeshError } from '@istio-ts/foundation';
import { BufferPool } from '../wire/message-reader.js';
import { FloorStream } from './floor-stream.js';
import { LargeSlots } from './large-slots.js';
import type { Recording } from './recording.js';

const host = '127.0.0.1';
/** All connect at once: what does not fit waits a second for the kernel's next attempt. */
const backlog = 4096;

/**
 * The transport floor: sends recorded bytes over plain node:http2, with no control plane behind. What it takes is what
 * any server of the same bytes in this runtime takes at least.
 */
export class FloorServer {
  private readonly server: Http2Server = createServer();
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly streams = new Set<FloorStream>();
  private readonly slots = new LargeSlots();
  private readonly pool = new BufferPool();

  constructor(private readonly recording: Recording) {}

  /** Listens on a free port of the loopback address, and returns it. */
  async listen(): Promise<number> {
    this.server.on('session', (session) => {
      this.sessions.add(session);
      session.on('close', () => this.sessions.delete(session));
      session.on('error', () => session.destroy());
    });
    this.server.on('stream', (stream) => {
      const served = new FloorStream(stream, this.recording, this.slots);
      this.streams.add(served);
      stream.on('close', () => this.streams.delete(served));
      served.run(this.pool);
    });
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error) =>
        reject(MeshError.from(error, 'the transport floor cannot listen')),
      );
      this.server.listen({ port: 0, host, backlog }, resolve);
    });
    return (this.server.address() as AddressInfo).port;
  }

  /** Sends what was recorded under `label` to all. */
  replay(label: string): void {
    for (const stream of this.streams) stream.replay(label);
  }

  async close(): Promise<void> {
    for (const session of this.sessions) session.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
