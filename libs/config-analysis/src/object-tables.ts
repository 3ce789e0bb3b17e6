import { invariant } from '@istio-ts/foundation';
import {
  objectKey,
  type AnalyzedKind,
  type AnyObject,
  type ObjectChange,
  type AnalyzedObject,
} from './analyzed-object.js';
import type { ObjectIndex } from './object-index.js';

/** The objects under one key of one index, and who has read them. */
export class Cell<Reader = unknown> {
  readonly #objects = new Map<string, AnyObject>();
  readonly readers = new Set<Reader>();
  #sorted: readonly AnyObject[] | undefined;

  constructor(
    readonly index: ObjectIndex,
    readonly key: string,
  ) {}

  /** In the order of their keys, whatever order they came in: what is made of them is the same every time. */
  get objects(): readonly AnyObject[] {
    this.#sorted ??= [...this.#objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
    return this.#sorted;
  }

  get isEmpty(): boolean {
    return this.#objects.size === 0;
  }

  put(key: string, object: AnyObject): void {
    this.#objects.set(key, object);
    this.#sorted = undefined;
  }

  remove(key: string): void {
    this.#objects.delete(key);
    this.#sorted = undefined;
  }
}

/** All objects by every index that somebody has asked for. A table is made when it is asked for first, then kept up to date. */
export class ObjectTables<Reader> {
  readonly #objects = new Map<AnalyzedKind, Map<string, AnyObject>>();
  readonly #tables = new Map<ObjectIndex, Map<string, Cell<Reader>>>();
  readonly #indexesOf = new Map<AnalyzedKind, ObjectIndex[]>();

  /** The kinds of which there are objects, in the order in which they came first. */
  get kinds(): readonly AnalyzedKind[] {
    return [...this.#objects].filter(([, ofKind]) => ofKind.size > 0).map(([kind]) => kind);
  }

  /** What stands under a key; the cell stays the same one for as long as the tables live or nobody reads it. */
  cell(index: ObjectIndex, key: string): Cell<Reader> {
    return cellOf(this.#table(index), index, key);
  }

  /** Every cell of an index that holds something. */
  cells(index: ObjectIndex): readonly Cell<Reader>[] {
    return [...this.#table(index).values()].filter(({ isEmpty }) => !isEmpty);
  }

  /** Carries a change out. @returns the cells that hold something else now */
  apply({ before, after }: ObjectChange): ReadonlySet<Cell<Reader>> {
    const touched = new Set<Cell<Reader>>();
    if (before !== undefined) this.#remove(before, touched);
    if (after !== undefined) this.#put(after as AnyObject, touched);
    // Labels of pods that went are never asked for again.
    for (const cell of touched) this.release(cell);
    return touched;
  }

  /** Forgets a cell that holds nothing and that nobody reads. */
  release(cell: Cell<Reader>): void {
    if (cell.isEmpty && cell.readers.size === 0) this.#tables.get(cell.index)?.delete(cell.key);
  }

  #remove(before: AnalyzedObject, touched: Set<Cell<Reader>>): void {
    const key = objectKey(before);
    // What is held counts, not what the caller remembers of it.
    const held = this.#objects.get(before.kind)?.get(key);
    if (held === undefined) return;
    this.#objects.get(held.kind)?.delete(key);
    for (const cell of this.#cellsOf(held)) {
      cell.remove(key);
      touched.add(cell);
    }
  }

  #put(after: AnyObject, touched: Set<Cell<Reader>>): void {
    this.#remove(after, touched);
    const key = objectKey(after);
    const ofKind = this.#objects.get(after.kind) ?? new Map<string, AnyObject>();
    this.#objects.set(after.kind, ofKind.set(key, after));
    for (const cell of this.#cellsOf(after)) {
      cell.put(key, after);
      touched.add(cell);
    }
  }

  #cellsOf(object: AnyObject): readonly Cell<Reader>[] {
    const indexes = this.#indexesOf.get(object.kind) ?? [];
    return indexes.flatMap((index) => index.keysOf(object).map((key) => this.cell(index, key)));
  }

  #table(index: ObjectIndex): Map<string, Cell<Reader>> {
    return this.#tables.get(index) ?? this.#build(index);
  }

  #build(index: ObjectIndex): Map<string, Cell<Reader>> {
    const table = new Map<string, Cell<Reader>>();
    this.#tables.set(index, table);
    for (const kind of index.kinds) {
      const known = this.#indexesOf.get(kind) ?? [];
      invariant(!known.includes(index), `index ${index.name} is registered once`);
      this.#indexesOf.set(kind, [...known, index]);
      for (const [key, object] of this.#objects.get(kind) ?? []) {
        for (const at of index.keysOf(object)) cellOf(table, index, at).put(key, object);
      }
    }
    return table;
  }
}

function cellOf<Reader>(table: Map<string, Cell<Reader>>, index: ObjectIndex, key: string): Cell<Reader> {
  const found = table.get(key);
  if (found !== undefined) return found;
  const made = new Cell<Reader>(index, key);
  table.set(key, made);
  return made;
}
