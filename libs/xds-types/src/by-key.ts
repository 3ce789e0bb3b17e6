/** Order of map entries on the wire: by UTF-16 code units of the key, the same on every machine. */
export function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}
