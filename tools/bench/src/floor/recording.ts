import type { DiscoveryType } from '../client/discovery-types.js';
import { bytesField } from '../wire/protobuf.js';

/** One response as a client received it, and what the floor sends again with another nonce. */
export interface RecordedMessage {
  readonly type: DiscoveryType;
  readonly bytes: Buffer;
}

/** What one client received, by event. `firstSync` is what a client without anything is sent, type by type. */
export type Recording = ReadonlyMap<string, readonly RecordedMessage[]>;

export const firstSync = 'first-sync';

/** A nonce at the end of a message is the one that counts: the last value of a field wins. */
export function nonceSuffix(nonce: string): Buffer {
  return bytesField(5, nonce);
}

interface WrittenMessage {
  readonly label: string;
  readonly type: DiscoveryType;
  readonly length: number;
}

/** A recording as one file: a line of JSON that lists the messages, then their bytes. */
export function encodeRecording(recording: Recording): Buffer {
  const flat = [...recording].flatMap(([label, messages]) =>
    messages.map((message) => ({ label, ...message })),
  );
  const index: readonly WrittenMessage[] = flat.map(({ label, type, bytes }) => ({
    label,
    type,
    length: bytes.length,
  }));
  const labels = [...recording.keys()];
  return Buffer.concat([
    Buffer.from(`${JSON.stringify({ labels, index })}\n`),
    ...flat.map(({ bytes }) => bytes),
  ]);
}

/** Reads what `encodeRecording` wrote; the file is this program's own. */
export function decodeRecording(file: Buffer): Recording {
  const headEnd = file.indexOf('\n');
  const { labels, index } = JSON.parse(file.toString('utf8', 0, headEnd)) as {
    readonly labels: readonly string[];
    readonly index: readonly WrittenMessage[];
  };
  const recording = new Map<string, RecordedMessage[]>(labels.map((label) => [label, []]));
  let at = headEnd + 1;
  for (const { label, type, length } of index) {
    recording.get(label)?.push({ type, bytes: file.subarray(at, at + length) });
    at += length;
  }
  return recording;
}
