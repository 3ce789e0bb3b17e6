import { Slice } from './slice';

/** A buffer that grows and is used again and again: `reset`, write, read `written`. */
@unmanaged
export class Writer {
  at: usize = 0;
  size: usize = 0;
  capacity: usize = 0;

  reset(): Writer {
    this.size = 0;
    return this;
  }

  byte(value: u8): Writer {
    this.reserve(1);
    store<u8>(this.at + this.size, value);
    this.size += 1;
    return this;
  }

  raw(at: usize, size: usize): Writer {
    this.reserve(size);
    memory.copy(this.at + this.size, at, size);
    this.size += size;
    return this;
  }

  bytes(slice: Slice): Writer {
    return this.raw(slice.at, slice.size);
  }

  decimal(value: u64): Writer {
    let divisor: u64 = 1;
    while (value / divisor >= 10) divisor *= 10;
    for (; divisor > 0; divisor /= 10) this.byte(<u8>(48 + ((value / divisor) % 10)));
    return this;
  }

  /** A copy of what is written that lives for ever. */
  keep(into: Slice): void {
    const at = heap.alloc(max(this.size, 1));
    memory.copy(at, this.at, this.size);
    into.set(at, this.size);
  }

  private reserve(more: usize): void {
    const needed = this.size + more;
    if (needed <= this.capacity) return;
    const capacity = max(needed, max(this.capacity * 2, 256));
    this.at = this.at == 0 ? heap.alloc(capacity) : heap.realloc(this.at, capacity);
    this.capacity = capacity;
  }
}
