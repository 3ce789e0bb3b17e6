import { Slice } from './slice';
import { SymbolTable } from './symbol-table';

/**
 * Remembers a number for bytes that are costly to understand (an encoded header, a serialised map). It forgets
 * everything when it is full, which costs no more than understanding the live ones once again.
 */
export class NumberCache {
  private keys: SymbolTable;
  private values: usize;

  constructor(limit: i32) {
    this.keys = new SymbolTable(limit);
    this.values = heap.alloc((<usize>limit) << 2);
  }

  /** The number remembered for these bytes, or -1. */
  get(key: Slice): i32 {
    const id = this.keys.find(key.at, key.size);
    return id < 0 ? -1 : load<i32>(this.values + ((<usize>id) << 2));
  }

  /** Remembers a number (never negative) for bytes that `get` did not know. */
  put(key: Slice, value: i32): void {
    if (this.keys.isFull) this.keys.clear();
    const id = this.keys.add(key.at, key.size);
    store<i32>(this.values + ((<usize>id) << 2), value);
  }
}
