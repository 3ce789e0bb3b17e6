import { Slice } from './slice';

/** Where the bytes of one symbol lie. */
@unmanaged
class Entry {
  hash: u32 = 0;
  at: usize = 0;
  size: usize = 0;
}

const ENTRY: usize = offsetof<Entry>();
const FIRST_SLOTS: u32 = 64;

/** Eight bytes at a step; good enough to spread names, and cheap for a header of half a kilobyte. */
function hashOf(at: usize, size: usize): u32 {
  let hash: u64 = 0x9e3779b97f4a7c15 ^ (<u64>size);
  const end = at + size;
  for (; at + 8 <= end; at += 8) hash = mix(hash ^ load<u64>(at));
  let tail: u64 = 0;
  for (; at < end; at++) tail = (tail << 8) | load<u8>(at);
  hash = mix(hash ^ tail);
  return <u32>(hash ^ (hash >> 32));
}

function mix(value: u64): u64 {
  const product = value * 0xff51afd7ed558ccd;
  return product ^ (product >> 29);
}

/**
 * Byte strings to small numbers: 0, 1, 2, … in the order of their coming, at most `limit` of them, so that what an
 * outsider sends can never fill the memory. Open addressing in plain memory: looking up creates no garbage.
 */
export class SymbolTable {
  count: i32 = 0;
  private slots: usize = 0;
  private slotCount: u32 = 0;
  private entries: usize = 0;
  private entryCapacity: i32 = 0;

  constructor(private limit: i32) {
    this.allocateSlots(FIRST_SLOTS);
  }

  get isFull(): bool {
    return this.count >= this.limit;
  }

  /** The number of these bytes, or -1. */
  find(at: usize, size: usize): i32 {
    const hash = hashOf(at, size);
    const mask = this.slotCount - 1;
    let slot = hash & mask;
    let id = this.idIn(slot);
    for (; id >= 0; id = this.idIn(slot)) {
      const entry = this.entry(id);
      if (entry.hash == hash && entry.size == size && memory.compare(entry.at, at, size) == 0) break;
      slot = (slot + 1) & mask;
    }
    return id;
  }

  /** Adds bytes that `find` did not know. Returns their number, or -1 when the table is full. */
  add(at: usize, size: usize): i32 {
    if (this.isFull) return -1;
    if (<u32>this.count * 2 >= this.slotCount) this.growSlots();
    if (this.count == this.entryCapacity) this.growEntries();
    const id = this.count++;
    const entry = this.entry(id);
    entry.hash = hashOf(at, size);
    entry.at = heap.alloc(max(size, 1));
    entry.size = size;
    memory.copy(entry.at, at, size);
    this.place(id);
    return id;
  }

  /** The number of these bytes, added when new; -1 when new and the table is full. */
  intern(at: usize, size: usize): i32 {
    const id = this.find(at, size);
    return id >= 0 ? id : this.add(at, size);
  }

  textOf(id: i32, into: Slice): void {
    const entry = this.entry(id);
    into.set(entry.at, entry.size);
  }

  clear(): void {
    for (let id = 0; id < this.count; id++) heap.free(this.entry(id).at);
    this.count = 0;
    memory.fill(this.slots, 0, (<usize>this.slotCount) << 2);
  }

  @inline
  private entry(id: i32): Entry {
    return changetype<Entry>(this.entries + <usize>id * ENTRY);
  }

  /** The symbol in a slot, -1 where it is empty. */
  @inline
  private idIn(slot: u32): i32 {
    return load<i32>(this.slots + ((<usize>slot) << 2)) - 1;
  }

  private place(id: i32): void {
    const mask = this.slotCount - 1;
    let slot = this.entry(id).hash & mask;
    while (this.idIn(slot) >= 0) slot = (slot + 1) & mask;
    store<i32>(this.slots + ((<usize>slot) << 2), id + 1);
  }

  private allocateSlots(count: u32): void {
    this.slotCount = count;
    this.slots = heap.alloc((<usize>count) << 2);
    memory.fill(this.slots, 0, (<usize>count) << 2);
  }

  private growSlots(): void {
    heap.free(this.slots);
    this.allocateSlots(this.slotCount * 2);
    for (let id = 0; id < this.count; id++) this.place(id);
  }

  private growEntries(): void {
    this.entryCapacity = max(this.entryCapacity * 2, 16);
    const size = <usize>this.entryCapacity * ENTRY;
    this.entries = this.entries == 0 ? heap.alloc(size) : heap.realloc(this.entries, size);
  }
}
