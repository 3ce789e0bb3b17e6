/**
 * The two pieces of the protobuf wire format that reading descriptors takes.
 *
 * @typedef {object} Field
 * @property {number} number
 * @property {number} wireType 0 varint, 1 fixed64, 2 length-delimited, 5 fixed32
 * @property {number} start of the field's content
 * @property {number} end
 */

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {{ readonly value: number, readonly next: number } | undefined} undefined when no varint of up to 32 bits stands there
 */
export function readVarint(bytes, at) {
  let value = 0;
  for (let index = 0; index < 5; index++) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return undefined;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @returns {Field | undefined} undefined when no well-formed field stands there
 */
export function readField(bytes, at) {
  const tag = readVarint(bytes, at);
  if (tag === undefined || tag.value < 8) return undefined;
  const number = tag.value >>> 3;
  const wireType = tag.value & 7;
  const extent = readExtent(bytes, tag.next, wireType);
  return extent !== undefined && extent.end <= bytes.length ? { number, wireType, ...extent } : undefined;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {number} wireType
 */
function readExtent(bytes, at, wireType) {
  if (wireType === 1) return { start: at, end: at + 8 };
  if (wireType === 5) return { start: at, end: at + 4 };
  const varint = readVarint(bytes, at);
  if (varint === undefined) return undefined;
  if (wireType === 0) return { start: at, end: varint.next };
  return wireType === 2 ? { start: varint.next, end: varint.next + varint.value } : undefined;
}

/**
 * @param {number} value below 2^32
 * @returns {Uint8Array}
 */
export function varint(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Uint8Array.from([...bytes, value]);
}
