/** FNV-1a over UTF-16 code units, 32 bits, finished by an avalanche so that near keys spread. Not for security. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A 64-bit content hash of bytes as 16 hex digits: two 32-bit multiply-rotate lanes over four bytes at a time. Used as resource
 * version, so that replicas agree and a client that states what it holds is recognised. Not for security.
 */
export function hashBytes(bytes: Uint8Array): string {
  let low = 0x9e3779b9 ^ bytes.length;
  let high = 0x7f4a7c15;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = bytes.length & ~3;
  for (let at = 0; at < bytes.length; at += at < whole ? 4 : 1) {
    const part = at < whole ? view.getInt32(at, true) : view.getUint8(at);
    low = Math.imul(low ^ part, 0x01000193);
    low ^= low >>> 15;
    high = Math.imul(high ^ part, 0x85ebca6b);
    high = (high << 13) | (high >>> 19);
  }
  low = Math.imul(low ^ (high >>> 15), 0xc2b2ae35);
  high = Math.imul(high ^ (low >>> 13), 0x27d4eb2f);
  return hex(low ^ (low >>> 16)) + hex(high ^ (high >>> 15));
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
