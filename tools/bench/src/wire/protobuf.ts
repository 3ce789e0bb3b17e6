import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

const nothing = Buffer.alloc(0);

/**
 * Walks the fields of a protobuf message in place. One cursor is used again and again: a thousand clients on one core
 * cannot afford an object a field.
 */
export class FieldCursor {
  /** Number of the present field. */
  number = 0;
  /** Where the present field begins, with its tag. */
  tagStart = 0;
  /** Where the content of a length-delimited field lies; `start === end` for the other wire types. */
  start = 0;
  end = 0;
  /** Value of a varint field below 2^53. */
  varint = 0;
  private bytes: Buffer = nothing;
  private at = 0;
  private limit = 0;

  reset(bytes: Buffer, start = 0, end = bytes.length): this {
    this.bytes = bytes;
    this.at = start;
    this.limit = end;
    return this;
  }

  /** Moves to the next field; false at the end. Throws a MeshError PROTOCOL where the bytes are no message. */
  next(): boolean {
    if (this.at >= this.limit) return false;
    this.tagStart = this.at;
    const tag = this.readVarint();
    this.number = Math.floor(tag / 8);
    this.varint = 0;
    const wireType = tag % 8;
    if (wireType === 0) this.varint = this.readVarint();
    const length = wireType === 2 ? this.readVarint() : wireType === 1 ? 8 : wireType === 5 ? 4 : 0;
    if (wireType === 3 || wireType === 4 || wireType > 5) throw malformed();
    this.start = this.at;
    this.at += length;
    if (this.at > this.limit) throw malformed();
    this.end = wireType === 2 ? this.at : this.start;
    return true;
  }

  /** The content of the present field as text. Names and versions of discovery are ASCII. */
  text(): string {
    return this.bytes.toString('latin1', this.start, this.end);
  }

  private readVarint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at];
      if (byte === undefined || scale > 2 ** 63) throw malformed();
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
}

function malformed(): MeshError {
  return new MeshError(MeshErrorCode.Protocol, 'the server sent bytes that are no protobuf message');
}

/** All contents of the length-delimited field at the end of `path`, a list of field numbers from the outside in. */
export function findContents(message: Buffer, path: readonly number[]): readonly Buffer[] {
  const [first, ...rest] = path;
  if (first === undefined) return [message];
  const found: Buffer[] = [];
  const cursor = new FieldCursor().reset(message);
  while (cursor.next()) {
    if (cursor.number !== first || cursor.start === cursor.end) continue;
    found.push(...findContents(message.subarray(cursor.start, cursor.end), rest));
  }
  return found;
}

/** A length-delimited field (numbers 1 to 15); nothing for an empty one. */
export function bytesField(number: number, content: string | Uint8Array): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  if (bytes.length === 0) return nothing;
  const head: number[] = [number * 8 + 2];
  let rest = bytes.length;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) head.push((rest % 128) | 0x80);
  head.push(rest);
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** The last value of the varint field `number`, 0 where it is absent. */
export function findVarint(message: Buffer, number: number): number {
  let value = 0;
  const cursor = new FieldCursor().reset(message);
  while (cursor.next()) if (cursor.number === number) value = cursor.varint;
  return value;
}
