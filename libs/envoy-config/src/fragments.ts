/**
 * Fragments are encoded messages kept as bytes. Protobuf merges what is concatenated and appends to repeated fields in
 * order, so a message with a large repeated field is its shell (all other fields) followed by its fragments, each under
 * the field's number: a changed fragment costs itself, not its neighbours.
 */
export function appendFragments(
  shell: Uint8Array,
  fieldNumber: number,
  fragments: readonly Uint8Array[],
): Uint8Array {
  const tag = (fieldNumber << 3) | lengthDelimited;
  let size = shell.length;
  for (const fragment of fragments) size += varintSize(tag) + varintSize(fragment.length) + fragment.length;
  const bytes = new Uint8Array(size);
  bytes.set(shell);
  let at = shell.length;
  for (const fragment of fragments) {
    at = writeVarint(bytes, at, tag);
    at = writeVarint(bytes, at, fragment.length);
    bytes.set(fragment, at);
    at += fragment.length;
  }
  return bytes;
}

const lengthDelimited = 2;

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest >>>= 7) size += 1;
  return size;
}

/** @returns the position behind what was written */
function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let position = at;
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes[position++] = (rest & 0x7f) | 0x80;
  bytes[position++] = rest;
  return position;
}
