import { isMap, isScalar, isSeq } from 'yaml';

export interface DuplicateKey {
  readonly key: string;
  readonly offset: number;
}

/** Keys that a mapping has twice, everywhere below a node; merge keys (`<<`, read as a symbol) may repeat. */
export function findDuplicateKeys(root: unknown): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  const open: unknown[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isSeq(node)) open.push(...children(node.items));
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      if (isScalar(key) && typeof key.value !== 'symbol') {
        const name = String(key.value);
        if (seen.has(name)) found.push({ key: name, offset: key.range?.[0] ?? 0 });
        seen.add(name);
      }
      if (value !== null) open.push(value);
    }
  }
  return found;
}

function children(items: readonly unknown[]): readonly unknown[] {
  return items.filter((item) => isMap(item) || isSeq(item));
}
