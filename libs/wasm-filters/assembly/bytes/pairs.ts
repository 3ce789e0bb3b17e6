import { Slice } from './slice';

/**
 * Looks a key up in the proxy-wasm encoding of a map: count, then for each pair the two sizes, then for each pair
 * key NUL value NUL (all numbers 32-bit little-endian). An absent key, or bytes that are no such map, give an empty value.
 */
export function findPair(map: Slice, key: Slice, into: Slice): void {
  into.clear();
  if (map.size < 4) return;
  const count = <usize>load<u32>(map.at);
  if (count > (map.size - 4) >> 3) return;
  const end = map.at + map.size;
  let at = map.at + 4 + (count << 3);
  for (let index: usize = 0; index < count; index++) {
    const sizes = map.at + 4 + (index << 3);
    const keySize = <usize>load<u32>(sizes);
    const valueSize = <usize>load<u32>(sizes + 4);
    if (<u64>keySize + <u64>valueSize + 2 > <u64>(end - at)) return;
    if (keySize == key.size && memory.compare(at, key.at, keySize) == 0) {
      into.set(at + keySize + 1, valueSize);
      return;
    }
    at += keySize + valueSize + 2;
  }
}
