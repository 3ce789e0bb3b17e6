import { Slice } from './slice';
import { Writer } from './writer';

const VARINT: u32 = 0;
const FIXED64: u32 = 1;
const DELIMITED: u32 = 2;
const FIXED32: u32 = 5;

/** Appends a length-delimited field: text, bytes or a message. */
export function writeField(into: Writer, number: u32, value: Slice): void {
  into.byte(<u8>((number << 3) | DELIMITED));
  let length = <u32>value.size;
  for (; length >= 0x80; length >>= 7) into.byte(<u8>(length | 0x80));
  into.byte(<u8>length).bytes(value);
}

/** Steps over the fields of a message. Stops, and says so in `broken`, at the first byte that makes no sense. */
@unmanaged
export class FieldReader {
  /** Number of the field at hand, 0 where its value is no length-delimited one. */
  number: u32 = 0;
  broken: bool = false;
  valueAt: usize = 0;
  valueSize: usize = 0;
  private at: usize = 0;
  private end: usize = 0;

  open(at: usize, size: usize): void {
    this.at = at;
    this.end = at + size;
    this.broken = false;
  }

  next(): bool {
    if (this.at >= this.end || this.broken) return false;
    const tag = this.varint();
    const wire = (<u32>tag) & 7;
    this.number = 0;
    if (wire == VARINT) this.varint();
    else if (wire == FIXED64) this.skip(8);
    else if (wire == FIXED32) this.skip(4);
    else if (wire == DELIMITED) {
      this.number = <u32>(tag >> 3);
      this.delimited();
    } else this.broken = true;
    return !this.broken;
  }

  private delimited(): void {
    const size = this.varint();
    this.valueAt = this.at;
    this.valueSize = <usize>size;
    this.skip(size);
  }

  private skip(size: u64): void {
    if (size > <u64>(this.end - this.at)) this.broken = true;
    else this.at += <usize>size;
  }

  private varint(): u64 {
    let value: u64 = 0;
    for (let shift: u64 = 0; shift < 64; shift += 7) {
      if (this.at >= this.end) break;
      const byte = load<u8>(this.at++);
      value |= (<u64>(byte & 0x7f)) << shift;
      if (byte < 0x80) return value;
    }
    this.broken = true;
    return 0;
  }
}
