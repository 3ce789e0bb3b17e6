import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { AdsClient, type ClientSurroundings } from '../client/ads-client.js';
import type { Target } from '../client/ads-connection.js';
import { createCatalog } from '../client/catalog.js';
import { typeOfUrl } from '../client/discovery-types.js';
import type { Goal } from '../client/goal.js';
import { encodeNode, proxyIdentity } from '../client/node-identity.js';
import { RequestCache } from '../client/request-cache.js';
import { ResponseReader } from '../client/response-reader.js';
import { scanHead } from '../client/response-scan.js';
import type { RecordedMessage } from '../floor/recording.js';
import { BufferPool } from '../wire/message-reader.js';

export interface FleetOptions {
  /** Number of the first client: numbers decide names, namespaces and addresses. */
  readonly first: number;
  readonly size: number;
  readonly namespaces: readonly string[];
  /** Keep what the first client receives, for the transport floor. */
  readonly record: boolean;
}

export interface FleetCounts {
  /** Bytes of gRPC messages received since the start, by all clients. */
  readonly bytes: number;
  readonly responses: number;
  /** Streams that were lost and opened again. */
  readonly lost: number;
}

/** Monotonic time in nanoseconds, the same clock in all processes of a machine. */
export type MonotonicNs = number;

const readBufferBytes = 262_144;
/** As Envoy does: a lost stream is opened again after a moment. Here not for ever. */
const reopenDelayMs = 500;
const reopensAClient = 3;

/** The clients of one process. */
export class Fleet {
  private readonly clients: readonly AdsClient[];
  private reachedAt: MonotonicNs[] = [];
  private failure: string | undefined;
  private bytes = 0;
  private responses = 0;
  private lost = 0;
  private target: Target | undefined;
  private recorded: RecordedMessage[] = [];
  private onChange: () => void = () => undefined;

  constructor(private readonly options: FleetOptions) {
    const catalog = createCatalog();
    const surroundings: ClientSurroundings = {
      readBuffer: Buffer.allocUnsafeSlow(readBufferBytes),
      pool: new BufferPool(),
      catalog,
      requests: new RequestCache(),
      responses: new ResponseReader(catalog),
    };
    this.clients = Array.from({ length: options.size }, (_, index) => this.createClient(index, surroundings));
  }

  private createClient(index: number, surroundings: ClientSurroundings): AdsClient {
    const identity = proxyIdentity(this.options.first + index, this.options.namespaces);
    const isRecorder = this.options.record && index === 0;
    let reopens = 0;
    const client: AdsClient = new AdsClient(encodeNode(identity), surroundings, {
      received: (bytes) => {
        this.bytes += bytes.length;
        this.responses += 1;
        if (isRecorder) this.record(bytes);
      },
      reached: () => {
        this.reachedAt.push(Number(process.hrtime.bigint()));
        this.onChange();
      },
      failed: (reason) => {
        reopens += 1;
        if (reopens <= reopensAClient) this.reopen(client);
        else this.fail(`${identity.name}: ${reason}`);
      },
    });
    return client;
  }

  private reopen(client: AdsClient): void {
    this.lost += 1;
    setTimeout(() => {
      if (this.target !== undefined) client.connect(this.target);
    }, reopenDelayMs);
  }

  private fail(failure: string): void {
    this.failure = failure;
    this.onChange();
  }

  private record(message: Buffer): void {
    const type = typeOfUrl(scanHead(message).typeUrl);
    if (type !== undefined) this.recorded.push({ type, bytes: Buffer.from(message) });
  }

  /** Sets what every client waits for next; see `reached`. */
  expect(goal: Goal): void {
    this.reachedAt = [];
    for (const client of this.clients) client.expect(goal);
  }

  connect(target: Target): void {
    this.target = target;
    for (const client of this.clients) client.connect(target);
  }

  disconnect(): void {
    this.target = undefined;
    for (const client of this.clients) client.disconnect();
  }

  /** The clients know nothing any more. */
  forget(): void {
    for (const client of this.clients) client.forget();
  }

  /**
   * When each client reached its goal, once all have. Rejects with a MeshError UNAVAILABLE when one of them loses its
   * stream again and again, TIMEOUT when it takes longer than `timeoutMs`.
   */
  reached(timeoutMs: number): Promise<readonly MonotonicNs[]> {
    return new Promise((resolve, reject) => {
      const finish = (conclude: () => void): void => {
        clearTimeout(timer);
        this.onChange = () => undefined;
        conclude();
      };
      const timer = setTimeout(() => {
        const missing = this.clients.length - this.reachedAt.length;
        const message = `${missing} of ${this.clients.length} clients did not get there in ${timeoutMs} ms`;
        finish(() => reject(new MeshError(MeshErrorCode.Timeout, message)));
      }, timeoutMs);
      this.onChange = () => {
        const { failure } = this;
        if (failure !== undefined) {
          finish(() =>
            reject(
              new MeshError(
                MeshErrorCode.Unavailable,
                `a client lost its stream again and again: ${failure}`,
              ),
            ),
          );
        } else if (this.reachedAt.length === this.clients.length) finish(() => resolve(this.reachedAt));
      };
      this.onChange();
    });
  }

  counts(): FleetCounts {
    return { bytes: this.bytes, responses: this.responses, lost: this.lost };
  }

  /** What the first client received since this was asked last. */
  takeRecorded(): readonly RecordedMessage[] {
    const taken = this.recorded;
    this.recorded = [];
    return taken;
  }
}
