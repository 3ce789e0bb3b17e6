/**
 * A digest of a bag of entries that does not depend on their order: two 32-bit sums of hashes, and the count. Comparing
 * the digest of a request's names and versions with that of a set tells "holds exactly this" without decoding a thousand
 * strings. A client can only fool it about what it holds itself.
 */
export class Digest {
  private low = 0;
  private high = 0;
  private entries = 0;

  get count(): number {
    return this.entries;
  }

  add(key: Uint8Array, value?: Uint8Array): void {
    let low = 0x811c9dc5;
    let high = 0x9e3779b9;
    for (const byte of key) {
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x85ebca6b);
    }
    low = Math.imul(low ^ 0x100, 0x01000193);
    high = Math.imul(high ^ (high >>> 15), 0xc2b2ae35);
    for (const byte of value ?? none) {
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x85ebca6b);
    }
    this.low = (this.low + avalanche(low)) >>> 0;
    this.high = (this.high + avalanche(high)) >>> 0;
    this.entries += 1;
  }

  /** 16 hex digits and the count; equal for equal bags. */
  render(): string {
    return `${hex(this.high)}${hex(this.low)}-${this.entries}`;
  }
}

const none = new Uint8Array();

function avalanche(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (again ^ (again >>> 16)) >>> 0;
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}
