import { Slice } from './slice';

export namespace JsonKind {
  export const Text: i32 = 0;
  export const Literal: i32 = 1;
  export const Nested: i32 = 2;
}

const QUOTE: u8 = 34;
const COMMA: u8 = 44;
const COLON: u8 = 58;
const BACKSLASH: u8 = 92;
const OPEN: u8 = 123;
const CLOSE: u8 = 125;

/**
 * Steps over the fields of one JSON object. Values stay as they are written: a text without its quotes, a number or
 * a word as its letters, an object or list as the whole of it. Says in `broken` when the bytes are no JSON object.
 */
export class JsonObjectReader {
  key: Slice = new Slice();
  value: Slice = new Slice();
  kind: i32 = JsonKind.Literal;
  broken: bool = false;
  private at: usize = 0;

  constructor(private source: Slice) {
    this.broken = this.skipSpace() != OPEN;
    this.at++;
  }

  next(): bool {
    if (this.broken) return false;
    let found = this.skipSpace();
    if (found == COMMA) {
      this.at++;
      found = this.skipSpace();
    }
    if (found == CLOSE) return false;
    if (found != QUOTE) return this.fail();
    this.readText(this.key);
    if (this.skipSpace() != COLON) return this.fail();
    this.at++;
    this.readValue();
    return !this.broken;
  }

  private fail(): bool {
    this.broken = true;
    return false;
  }

  /** The byte after white space, or 0 at the end. */
  private skipSpace(): u8 {
    while (this.at < this.source.size && this.source.byte(this.at) <= 32) this.at++;
    return this.at < this.source.size ? this.source.byte(this.at) : 0;
  }

  private readValue(): void {
    const first = this.skipSpace();
    if (first == QUOTE) {
      this.kind = JsonKind.Text;
      this.readText(this.value);
    } else if (first == OPEN || first == 91) {
      this.kind = JsonKind.Nested;
      this.readNested();
    } else {
      this.kind = JsonKind.Literal;
      this.readLiteral();
    }
  }

  private readText(into: Slice): void {
    const start = ++this.at;
    for (; this.at < this.source.size; this.at++) {
      const byte = this.source.byte(this.at);
      if (byte == BACKSLASH) this.at++;
      else if (byte == QUOTE) {
        into.set(this.source.at + start, this.at++ - start);
        return;
      }
    }
    this.broken = true;
  }

  private readLiteral(): void {
    const start = this.at;
    while (this.at < this.source.size) {
      const byte = this.source.byte(this.at);
      if (byte <= 32 || byte == COMMA || byte == CLOSE) break;
      this.at++;
    }
    this.value.set(this.source.at + start, this.at - start);
    if (this.at == start) this.broken = true;
  }

  private readNested(): void {
    const start = this.at;
    let depth = 0;
    while (this.at < this.source.size && !this.broken) {
      const byte = this.source.byte(this.at);
      if (byte == QUOTE) {
        this.readText(this.value);
        continue;
      }
      this.at++;
      if (byte == OPEN || byte == 91) depth++;
      else if ((byte == CLOSE || byte == 93) && --depth == 0) {
        this.value.set(this.source.at + start, this.at - start);
        return;
      }
    }
    this.broken = true;
  }
}
