import { Slice, text } from './slice';
import { Writer } from './writer';

const ALPHABET = text('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING: u8 = 61;

/** Appends the standard, padded form. */
export function encodeBase64(from: Slice, into: Writer): void {
  for (let index: usize = 0; index < from.size; index += 3) {
    const present = min<usize>(3, from.size - index);
    let group: u32 = 0;
    for (let k: usize = 0; k < 3; k++) group = (group << 8) | (k < present ? <u32>from.byte(index + k) : 0);
    for (let k: usize = 0; k < 4; k++) {
      into.byte(k <= present ? ALPHABET.byte((group >> (18 - 6 * <u32>k)) & 63) : PADDING);
    }
  }
}

function sixBits(character: u8): i32 {
  if (character >= 65 && character <= 90) return character - 65;
  if (character >= 97 && character <= 122) return character - 71;
  if (character >= 48 && character <= 57) return character + 4;
  if (character == 43) return 62;
  return character == 47 ? 63 : -1;
}

/** Appends the bytes of standard base64, padded or not. False when it is none. */
export function decodeBase64(from: Slice, into: Writer): bool {
  let size = from.size;
  while (size > 0 && from.byte(size - 1) == PADDING) size--;
  let group: u32 = 0;
  let bits: u32 = 0;
  for (let index: usize = 0; index < size; index++) {
    const value = sixBits(from.byte(index));
    if (value < 0) return false;
    group = (group << 6) | (<u32>value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    into.byte(<u8>(group >> bits));
  }
  return bits < 6;
}
