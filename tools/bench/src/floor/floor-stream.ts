import type { ServerHttp2Stream } from 'node:http2';
import { probeName } from '../client/ads-client.js';
import { typeOfUrl, typeUrlOf, type DiscoveryType } from '../client/discovery-types.js';
import { grpcHeaderBytes, MessageReader, type BufferPool } from '../wire/message-reader.js';
import { bytesField, FieldCursor } from '../wire/protobuf.js';
import type { LargeSlots } from './large-slots.js';
import { firstSync, nonceSuffix, type RecordedMessage, type Recording } from './recording.js';

const largeBytes = 32_768;
const cursor = new FieldCursor();

interface ReadRequest {
  readonly type: DiscoveryType | undefined;
  readonly statesVersions: boolean;
  readonly isProbe: boolean;
}

/** One discovery stream of the floor: answers the first request of each type with recorded bytes, and nothing else. */
export class FloorStream {
  private readonly asked = new Set<DiscoveryType>();
  private lastNonce = 0;

  constructor(
    private readonly stream: ServerHttp2Stream,
    private readonly recording: Recording,
    private readonly slots: LargeSlots,
  ) {}

  run(pool: BufferPool): void {
    const reader = new MessageReader(pool, (message) => this.receive(message));
    this.stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    this.stream.on('data', (chunk: Buffer) => reader.push(chunk));
    this.stream.on('error', () => this.stream.destroy());
  }

  /** Sends what was recorded under `label`. */
  replay(label: string): void {
    for (const message of this.recording.get(label) ?? []) this.send(message);
  }

  private receive(message: Buffer): void {
    const { type, statesVersions, isProbe } = readRequest(message);
    if (type === undefined) return;
    if (isProbe) this.send({ type, bytes: absentAnswer(type) });
    if (this.asked.has(type)) return;
    this.asked.add(type);
    if (statesVersions) return;
    for (const recorded of this.recording.get(firstSync) ?? [])
      if (recorded.type === type) this.send(recorded);
  }

  private send({ bytes }: RecordedMessage): void {
    if (bytes.length < largeBytes) this.write(bytes, () => undefined);
    else this.slots.take((release) => this.write(bytes, release));
  }

  private write(bytes: Buffer, written: () => void): void {
    if (this.stream.destroyed) {
      written();
      return;
    }
    this.lastNonce += 1;
    const suffix = nonceSuffix(this.lastNonce.toString(36));
    const head = Buffer.alloc(grpcHeaderBytes);
    head.writeUInt32BE(bytes.length + suffix.length, 1);
    this.stream.cork();
    this.stream.write(head);
    this.stream.write(bytes);
    this.stream.write(suffix, () => written());
    this.stream.uncork();
  }
}

function readRequest(message: Buffer): ReadRequest {
  let type: DiscoveryType | undefined;
  let statesVersions = false;
  let names = 0;
  let lastName = '';
  cursor.reset(message);
  while (cursor.next()) {
    if (cursor.number === 2) type = typeOfUrl(cursor.text());
    else if (cursor.number === 5) statesVersions = true;
    else if (cursor.number === 3 && ++names === 1) lastName = cursor.text();
  }
  return { type, statesVersions, isProbe: names === 1 && lastName === probeName };
}

/** "There is no such resource", for the name that is asked for to see whether the server is through. */
function absentAnswer(type: DiscoveryType): Buffer {
  return Buffer.concat([bytesField(4, typeUrlOf[type]), bytesField(6, probeName)]);
}
