/** What an attribute of Envoy may be: leaves, maps and lists, as `xds.cluster_metadata.…` is one. */
export type Attribute = string | number | bigint | boolean | readonly Attribute[] | AttributeMap;
export interface AttributeMap {
  readonly [name: string]: Attribute;
}

const text = new TextEncoder();

/** The value under a path whose segments end with NUL, as a filter asks for it; undefined where there is none. */
export function findAttribute(root: AttributeMap, path: string): Attribute | undefined {
  let current: Attribute | undefined = root;
  for (const segment of path.split('\0').slice(0, -1)) current = step(current, segment);
  return current;
}

function step(from: Attribute | undefined, segment: string): Attribute | undefined {
  if (typeof from !== 'object') return undefined;
  if (isList(from)) return from[Number(segment)];
  return Object.hasOwn(from, segment) ? from[segment] : undefined;
}

function isList(value: Attribute): value is readonly Attribute[] {
  return Array.isArray(value);
}

/** The bytes in which Envoy hands an attribute to a filter: numbers as 8 little-endian bytes, maps and lists as pairs. */
export function encodeAttribute(value: Attribute): Uint8Array {
  switch (typeof value) {
    case 'string':
      return text.encode(value);
    case 'boolean':
      return Uint8Array.of(value ? 1 : 0);
    case 'number':
    case 'bigint':
      return new Uint8Array(new BigInt64Array([BigInt(value)]).buffer);
    default:
      return encodePairs(pairsOf(value));
  }
}

type Pair = readonly [key: Uint8Array, value: Uint8Array];

function pairsOf(value: readonly Attribute[] | AttributeMap): readonly Pair[] {
  if (isList(value)) return value.map((item) => [encodeAttribute(item), new Uint8Array()]);
  return Object.entries(value).map(([name, item]) => [text.encode(name), encodeAttribute(item)]);
}

function encodePairs(pairs: readonly Pair[]): Uint8Array {
  const sizes = pairs.flatMap(([key, value]) => [key.length, value.length]);
  const head = new Uint8Array(Uint32Array.of(pairs.length, ...sizes).buffer);
  const body = pairs.flatMap(([key, value]) => [...key, 0, ...value, 0]);
  return Uint8Array.of(...head, ...body);
}
