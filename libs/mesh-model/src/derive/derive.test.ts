import { SortedMap } from '@istio-ts/foundation';
import { expect, test } from 'vitest';
import {
  expandMap,
  groupMap,
  intern,
  lookupMap,
  overlayMaps,
  projectMap,
  unionMaps,
  zipMaps,
} from './index.js';

const numbers = (entries: Readonly<Record<string, number>>): SortedMap<number> =>
  SortedMap.from(Object.entries(entries));

test('a projection computes only what changed, and keeps its output where nothing of it did, even under a new context', () => {
  const computed: string[] = [];
  const parity = projectMap((value: number, context: { readonly base: number }, key) => {
    computed.push(key);
    return { odd: (value + context.base) % 2 === 1 };
  });
  const slot = {};
  const first = parity(slot, numbers({ a: 1, b: 2, c: 3 }), { base: 0 });
  const context = { base: 2 };
  expect(parity(slot, numbers({ a: 1, b: 2, c: 3 }), context)).toBe(first);
  computed.length = 0;
  expect(parity(slot, numbers({ a: 3, b: 2, c: 3 }), context)).toBe(first);
  expect(computed).toEqual(['a']);
});

test('a lookup computes again what refers to a changed key of the right map, and nothing else', () => {
  const computed: string[] = [];
  const named = lookupMap<readonly string[], string, string>({
    refs: (refs) => refs,
    compute: (refs, names, _context, key) => {
      computed.push(key);
      return refs.map((ref) => names.get(ref) ?? '?').join();
    },
  });
  const slot = {};
  const left = SortedMap.from<readonly string[]>([
    ['one', ['x']],
    ['two', ['x', 'y']],
    ['three', []],
  ]);
  const right = SortedMap.from([['x', 'X']]);
  named(slot, left, right, undefined);
  computed.length = 0;
  expect(named(slot, left, right.set('y', 'Y'), undefined).get('two')).toBe('X,Y');
  expect(computed).toEqual(['two']);
});

test('a step that throws forgets what it had half done', () => {
  let broken = true;
  const step = lookupMap<string, string, string>({
    refs: (ref) => [ref],
    compute: (ref, names) => {
      if (broken) throw new Error('broken');
      return names.get(ref);
    },
  });
  const slot = {};
  const left = SortedMap.from([['a', 'x']]);
  expect(() => step(slot, left, SortedMap.from([['x', '1']]), undefined)).toThrow('broken');
  broken = false;
  expect([...step(slot, left, SortedMap.from([['x', '1']]), undefined)]).toEqual([['a', '1']]);
});

test('an expansion takes away what an entry no longer fills', () => {
  const split = expandMap((text: string) => text.split(' ').map((word) => [word, word.length] as const));
  const slot = {};
  split(slot, SortedMap.from([['k', 'one two']]), undefined);
  expect([...split(slot, SortedMap.from([['k', 'two four']]), undefined)]).toEqual([
    ['four', 4],
    ['two', 3],
  ]);
});

test('groups that nothing changes are the identical maps, and empty groups are gone', () => {
  const byParity = groupMap((value: number) => [[value % 2 === 0 ? 'even' : 'odd', value]]);
  const slot = {};
  const before = byParity(slot, numbers({ a: 1, b: 2 }), undefined);
  const after = byParity(slot, numbers({ a: 1, b: 2, c: 4 }), undefined);
  expect(after.get('odd')).toBe(before.get('odd'));
  expect(byParity(slot, numbers({ b: 2, c: 4 }), undefined).has('odd')).toBe(false);
});

test('a zip sees both sides, a union prefers the first, an overlay shares the base', () => {
  const sum = zipMaps((a: number | undefined, b: number | undefined) => (a ?? 0) + (b ?? 0));
  expect([...sum({}, numbers({ a: 1, b: 2 }), numbers({ b: 3, c: 4 }), undefined)]).toEqual([
    ['a', 1],
    ['b', 5],
    ['c', 4],
  ]);
  expect([...unionMaps<number>()({}, numbers({ a: 1 }), numbers({ a: 2, b: 2 }))]).toEqual([
    ['a', 1],
    ['b', 2],
  ]);
  const overlay = overlayMaps<number>();
  const [over, base] = [numbers({ a: 1 }), numbers({ a: 2, b: 2 })];
  expect(overlay(over, base).get('a')).toBe(1);
  expect(overlay(over, base)).toBe(overlay(over, base));
});

test('slots do not see each other', () => {
  const twice = projectMap((value: number) => value * 2);
  twice({}, numbers({ a: 1 }), undefined);
  expect([...twice({}, numbers({ b: 2 }), undefined)]).toEqual([['b', 4]]);
});

test('equal contents are one object', () => {
  expect(intern({ namespace: 'a', list: ['x'] })).toBe(intern({ namespace: 'a', list: ['x'] }));
  expect(intern({ namespace: 'a' })).not.toBe(intern({ namespace: 'b' }));
});

test('a slot without memory begins with what its family derived last, and costs what differs from that', () => {
  const computed: string[] = [];
  const double = projectMap((value: number, _context: undefined, key) => {
    computed.push(key);
    return { double: value * 2 };
  });
  const family = {};
  const first = double({ family }, numbers({ a: 1, b: 2, c: 3 }), undefined);
  computed.length = 0;
  expect(double({ family }, numbers({ a: 1, b: 2, c: 3 }), undefined)).toBe(first);
  const third = double({ family }, numbers({ a: 1, b: 2, c: 4 }), undefined);
  expect(computed).toEqual(['c']);
  expect(third.get('a')).toBe(first.get('a'));
  double({ family: {} }, numbers({ a: 1 }), undefined);
  expect(computed).toEqual(['c', 'a']);
});

test('what a slot inherited is its own: a change that the other had meanwhile does not move it', () => {
  const named = lookupMap<string, string, { readonly text: string }>({
    refs: (ref) => [ref],
    compute: (ref, names) => ({ text: names.get(ref) ?? '?' }),
  });
  const family = {};
  const [one, other] = [{ family }, { family }];
  const left = SortedMap.from([
    ['a', 'x'],
    ['b', 'y'],
  ]);
  const right = SortedMap.from([['x', 'X']]);
  named(one, left, right, undefined);
  const inherited = named(other, left, right, undefined);
  named(one, left.set('a', 'y'), right.set('y', 'Y'), undefined);
  expect(named(other, left, right, undefined)).toBe(inherited);
  expect(named(other, left, right.set('x', 'Z'), undefined).get('a')).toEqual({ text: 'Z' });
  expect(named(other, left, right.set('x', 'Z').set('y', 'Y'), undefined).get('b')).toEqual({ text: 'Y' });
});
