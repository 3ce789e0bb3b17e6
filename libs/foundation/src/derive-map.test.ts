import { expect, test } from 'vitest';
import { deriveMap } from './derive-map.js';
import { SortedMap } from './sorted-map.js';

test('computes only what changed, and keeps the output where nothing of it did', () => {
  const computed: string[] = [];
  const evens = deriveMap((value: number, key, _context: object) => {
    computed.push(key);
    return value % 2 === 0 ? value * 10 : undefined;
  });
  const context = {};
  const first = SortedMap.from([
    ['a', 1],
    ['b', 2],
    ['c', 4],
  ] as const) as SortedMap<number>;
  const output = evens(first, context);
  expect([...output]).toEqual([
    ['b', 20],
    ['c', 40],
  ]);
  computed.length = 0;
  expect(evens(first.set('a', 3), context)).toBe(output);
  expect(computed).toEqual(['a']);
  expect([...evens(first.delete('b'), context).keys()]).toEqual(['c']);
});
