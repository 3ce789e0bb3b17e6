import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/**
 * The little of protobuf's wire format that discovery envelopes need, read in place: a request states a thousand names
 * with their versions, and whoever makes an object of each field spends milliseconds on it.
 */
const WireType = { Varint: 0, Fixed64: 1, Bytes: 2, Fixed32: 5 } as const;

/**
 * Called for each field: its number, and of a length-delimited one where its content begins and ends in the message; of a
 * varint its value in `start`, and -1 in `end`.
 */
export type VisitField = (number: number, start: number, end: number) => void;

/** Visits the top-level fields in their order. Throws a MeshError PROTOCOL on bytes that are no protobuf message. */
export function scanFields(message: Uint8Array, visit: VisitField, from = 0, to = message.length): void {
  let at = from;
  while (at < to) {
    const tag = readVarint(message, at, to);
    at = skipVarint(message, at, to);
    const number = tag >>> 3;
    const wireType = tag & 7;
    if (wireType === WireType.Fixed64) at += 8;
    else if (wireType === WireType.Fixed32) at += 4;
    else if (wireType === WireType.Bytes || wireType === WireType.Varint) {
      const value = readVarint(message, at, to);
      at = skipVarint(message, at, to);
      if (wireType === WireType.Varint) visit(number, value, -1);
      else {
        if (at + value > to) throw malformed();
        visit(number, at, at + value);
        at += value;
      }
    } else throw malformed();
  }
  if (at > to) throw malformed();
}

/** A value below 2^53; what a longer varint says is not exact. */
function readVarint(message: Uint8Array, from: number, to: number): number {
  const first = message[from] ?? 0;
  if (first < 0x80 && from < to) return first;
  let value = 0;
  let scale = 1;
  for (let at = from; at < to; at += 1) {
    const byte = message[at] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
    scale *= 128;
  }
  throw malformed();
}

function skipVarint(message: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (message[at] ?? 0) >= 0x80) at += 1;
  return at + 1;
}

export function textAt(message: Uint8Array, start: number, end: number): string {
  return bufferOf(message).toString('utf8', start, end);
}

/** The same bytes as a Buffer. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function malformed(): MeshError {
  return new MeshError(MeshErrorCode.Protocol, 'the peer sent bytes that are no protobuf message');
}

/** Tag and length in front of `length` bytes of field `number` (1 to 15). */
export function bytesHeader(number: number, length: number): Buffer {
  return Buffer.from([number * 8 + WireType.Bytes, ...varint(length)]);
}

/** A whole field of text or bytes; nothing for an empty one, as proto3 leaves defaults out. */
export function bytesField(number: number, content: string | Uint8Array): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return bytes.length === 0 ? nothing : Buffer.concat([bytesHeader(number, bytes.length), bytes]);
}

/** A field of a non-negative integer below 2^53. */
export function varintField(number: number, value: number): Buffer {
  return Buffer.from([number * 8 + WireType.Varint, ...varint(value)]);
}

const nothing = Buffer.alloc(0);

function varint(value: number): readonly number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) out.push((rest % 128) | 0x80);
  return [...out, rest];
}
