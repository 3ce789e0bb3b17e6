/**
 * A digest of a bag of entries that does not depend on their order: two 32-bit sums of hashes, and the count. Comparing
 * the digest of a request's names and versions with that of a set tells "holds exactly this" without decoding a thousand
 * strings. A client can only fool it about what it holds itself.
 */
export class Digest {
  private readonly view: DataView;
  private low = 0;
  private high = 0;
  private entries = 0;

  /** Of entries that stand in these bytes. */
  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get count(): number {
    return this.entries;
  }

  /** Adds the entry whose key and value are these parts of the bytes; an empty value where there is none. */
  add(keyStart: number, keyEnd: number, valueStart = 0, valueEnd = 0): void {
    state.low = seed.low;
    state.high = seed.high;
    hashInto(this.view, keyStart, keyEnd);
    hashInto(this.view, valueStart, valueEnd);
    const low = avalanche(state.low + state.high);
    this.low = (this.low + low) >>> 0;
    this.high = (this.high + avalanche(state.high ^ low)) >>> 0;
    this.entries += 1;
  }

  /** 16 hex digits and the count; equal for equal bags. */
  render(): string {
    return `${hex(this.high)}${hex(this.low)}-${this.entries}`;
  }
}

const seed = { low: 0x811c9dc5 | 0, high: 0x9e3779b9 | 0 };
/** Scratch of one `add`: numbers in a fixed place make no garbage. */
const state = { ...seed };

/** Two lanes that take four bytes each in turn, the length mixed in; the result is in `state`. */
function hashInto(view: DataView, start: number, end: number): void {
  let low = state.low ^ (end - start);
  let high = Math.imul(state.high ^ (end - start), 0xc2b2ae35);
  let at = start;
  for (; at + 8 <= end; at += 8) {
    low = Math.imul(low ^ view.getInt32(at, true), 0x01000193);
    low ^= low >>> 15;
    high = Math.imul(high ^ view.getInt32(at + 4, true), 0x85ebca6b);
    high = (high << 13) | (high >>> 19);
  }
  for (; at < end; at += 1) {
    const byte = view.getUint8(at);
    low = Math.imul(low ^ byte, 0x01000193);
    high = Math.imul(high ^ byte, 0x85ebca6b);
  }
  state.low = low;
  state.high = high;
}

function avalanche(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return again ^ (again >>> 16);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
