/**
 * A run of bytes that somebody else owns. It is not an object of the collector: two words, which is also the shape
 * in which the host hands out addresses and sizes, so host calls write straight into one.
 */
@unmanaged
export class Slice {
  at: usize = 0;
  size: usize = 0;

  set(at: usize, size: usize): void {
    this.at = at;
    this.size = size;
  }

  clear(): void {
    this.size = 0;
  }

  take(other: Slice): void {
    this.at = other.at;
    this.size = other.size;
  }

  @inline
  byte(index: usize): u8 {
    return load<u8>(this.at + index);
  }

  equals(other: Slice): bool {
    return this.size == other.size && memory.compare(this.at, other.at, this.size) == 0;
  }

  startsWith(other: Slice): bool {
    return this.size >= other.size && memory.compare(this.at, other.at, other.size) == 0;
  }

  /** Index of the first such byte at or after `from`, or `size`. */
  indexOf(byte: u8, from: usize): usize {
    let index = from;
    while (index < this.size && this.byte(index) != byte) index++;
    return index;
  }

  /** Puts the `n`-th part between separators into `into`; an absent part is empty. */
  part(separator: u8, n: i32, into: Slice): void {
    let start: usize = 0;
    for (let skipped = 0; skipped < n; skipped++) start = this.indexOf(separator, start) + 1;
    if (start > this.size) into.set(this.at, 0);
    else into.set(this.at + start, this.indexOf(separator, start) - start);
  }
}

/** Bytes of an ASCII literal, kept for ever: for constants at the top of a module only. */
export function text(literal: string): Slice {
  const size = literal.length;
  const at = heap.alloc(max(size, 1));
  for (let index = 0; index < size; index++) store<u8>(at + index, <u8>literal.charCodeAt(index));
  const slice = new Slice();
  slice.set(at, size);
  return slice;
}
