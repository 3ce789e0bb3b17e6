import { Digest } from './digest.js';
import { scanFields, textAt } from './fields.js';

/** Names as they stand in a request: decoded only where their digest says nothing. */
export interface NameList {
  readonly count: number;
  readonly digest: string;
  decode(): readonly string[];
}

/** `initial_resource_versions`: what a reconnecting client holds. */
export interface HeldVersions {
  readonly count: number;
  readonly digest: string;
  decode(): ReadonlyMap<string, string>;
}

/**
 * The entries of one repeated field, left where they stand: a thousand proxies that come back state a thousand names each,
 * and an object a name would be most of what that costs. Whoever needs the entries has the message read again.
 */
class EntriesInPlace {
  private counted: Digest | undefined;

  constructor(
    protected readonly message: Uint8Array,
    private readonly field: number,
  ) {}

  get count(): number {
    return this.counted?.count ?? 0;
  }

  get digest(): string {
    return this.counted?.render() ?? noEntries;
  }

  protected get sum(): Digest {
    return (this.counted ??= new Digest(this.message));
  }

  protected visitAll(visit: (start: number, end: number) => void): void {
    scanFields(this.message, (number, start, end) => {
      if (number === this.field) visit(start, end);
    });
  }
}

const noEntries = new Digest(new Uint8Array()).render();

export class NamesInPlace extends EntriesInPlace implements NameList {
  add(start: number, end: number): void {
    this.sum.add(start, end);
  }

  decode(): readonly string[] {
    const names: string[] = [];
    this.visitAll((start, end) => names.push(textAt(this.message, start, end)));
    return names;
  }
}

export class VersionsInPlace extends EntriesInPlace implements HeldVersions {
  add(start: number, end: number): void {
    readEntry(this.message, start, end);
    this.sum.add(entry.keyStart, entry.keyEnd, entry.valueStart, entry.valueEnd);
  }

  decode(): ReadonlyMap<string, string> {
    const versions = new Map<string, string>();
    this.visitAll((start, end) => {
      readEntry(this.message, start, end);
      const name = textAt(this.message, entry.keyStart, entry.keyEnd);
      versions.set(name, textAt(this.message, entry.valueStart, entry.valueEnd));
    });
    return versions;
  }
}

/** Where key and value of the map entry stand that was read last. */
const entry = { keyStart: 0, keyEnd: 0, valueStart: 0, valueEnd: 0 };

function readEntry(message: Uint8Array, start: number, end: number): void {
  entry.keyStart = entry.keyEnd = entry.valueStart = entry.valueEnd = 0;
  scanFields(message, visitEntry, start, end);
}

function visitEntry(number: number, start: number, end: number): void {
  if (number === 1) {
    entry.keyStart = start;
    entry.keyEnd = end;
  } else {
    entry.valueStart = start;
    entry.valueEnd = end;
  }
}
