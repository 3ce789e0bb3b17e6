import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memo } from './memo.js';
import { SortedMap } from './sorted-map.js';

type Step = readonly [key: string, value: number | undefined];

const steps = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.option(fc.nat(5), { nil: undefined })));

function apply(start: SortedMap<number>, changes: readonly Step[]): SortedMap<number> {
  return changes.reduce(
    (map, [key, value]) => (value === undefined ? map.delete(key) : map.set(key, value)),
    start,
  );
}

function model(changes: readonly Step[], start = new Map<string, number>()): Map<string, number> {
  const map = new Map(start);
  for (const [key, value] of changes) {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  return map;
}

function sorted(map: Map<string, number>): (readonly [string, number])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

test('behaves as a Map that iterates in key order', () => {
  fc.assert(
    fc.property(steps, (changes) => {
      const map = apply(SortedMap.empty(), changes);
      const expected = model(changes);
      expect([...map]).toEqual(sorted(expected));
      expect(map.size).toBe(expected.size);
      for (const [key, value] of expected) expect(map.get(key)).toBe(value);
    }),
  );
});

test('however a map came about, equal contents have equal shape', () => {
  fc.assert(
    fc.property(steps, (changes) => {
      const grown = apply(SortedMap.empty(), changes);
      const edited = SortedMap.empty<number>().edit();
      for (const [key, value] of changes) {
        if (value === undefined) edited.delete(key);
        else edited.set(key, value);
      }
      expect(edited.done()).toEqual(grown);
      expect(SortedMap.from(grown)).toEqual(grown);
    }),
  );
});

test('an edit that changes nothing gives the map that it began with, and there is one empty map', () => {
  const map = SortedMap.from([['a', 1]] as const) as SortedMap<number>;
  const edit = map.edit();
  edit.set('a', 1);
  edit.delete('absent');
  expect(edit.done()).toBe(map);
  expect(map.delete('a')).toBe(SortedMap.empty());
  expect(SortedMap.empty<number>().edit().done()).toBe(SortedMap.empty());
});

test('the difference of two versions, applied to the first, gives the second', () => {
  fc.assert(
    fc.property(steps, steps, (first, second) => {
      const before = apply(SortedMap.empty(), first);
      const after = apply(before, second);
      const found: Step[] = [];
      before.diff(after, (key, _, value) => found.push([key, value]));
      expect([...apply(before, found)]).toEqual([...after]);
      expect(found.map(([key]) => key)).toEqual(found.map(([key]) => key).sort());
      for (const [key, value] of found) expect(before.get(key)).not.toBe(value);
    }),
  );
});

test('a difference costs what differs, not what exists', () => {
  const before = SortedMap.from(Array.from({ length: 10_000 }, (_, n) => [`key-${n}`, n] as const));
  const after = before.set('key-17', -1);
  const visited: string[] = [];
  before.diff(after, (key) => visited.push(key));
  expect(visited).toEqual(['key-17']);
  expect(after.set('key-17', -1)).toBe(after);
  expect(after.delete('absent')).toBe(after);
});

const numbers = (count: number): SortedMap<{ readonly value: number }> =>
  SortedMap.from(Array.from({ length: count }, (_, value) => [`k${value}`, { value }] as const));

test('a lifted function gives the identical map for the identical map, and costs what is new in a version', () => {
  let computed = 0;
  const double = memo(({ value }: { readonly value: number }) => {
    computed += 1;
    return { doubled: 2 * value };
  });
  const lifted = SortedMap.lift((value: { readonly value: number }) => double(value));
  const [one, other] = [numbers(1000), numbers(500)];
  const before = lifted(one);
  lifted(other);
  computed = 0;
  expect(lifted(one)).toBe(before);
  const changed: string[] = [];
  before.diff(lifted(one.set('k7', { value: -1 }).delete('k9')), (key) => changed.push(key));
  expect(changed).toEqual(['k7', 'k9']);
  expect(computed).toBe(1);
});

test('a lifted function leaves out what is undefined, in the shape of a map built afresh', () => {
  const isEven = ({ value }: { readonly value: number }) => value % 2 === 0;
  const evens = SortedMap.lift((value: { readonly value: number }) => (isEven(value) ? value : undefined));
  expect(evens(numbers(100))).toEqual(SortedMap.from([...numbers(100)].filter(([, value]) => isEven(value))));
  expect(evens(SortedMap.empty()).size).toBe(0);
});
