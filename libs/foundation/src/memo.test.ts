import { expect, test } from 'vitest';
import { memo } from './memo.js';

test('computes once for the same identities and again for an equal but different object', () => {
  let runs = 0;
  const sum = memo((a: { readonly n: number }, b: { readonly n: number }, k: number) => {
    runs += 1;
    return { total: a.n + b.n + k };
  });
  const a = { n: 1 };
  const b = { n: 2 };
  const first = sum(a, b, 3);
  expect(sum(a, b, 3)).toBe(first);
  expect(runs).toBe(1);
  expect(sum(a, { n: 2 }, 3)).toEqual(first);
  expect(runs).toBe(2);
  sum(a, b, 4);
  expect(runs).toBe(3);
});

test('remembers undefined results and undefined arguments', () => {
  let runs = 0;
  const f = memo((_a: object, _b: object | undefined) => {
    runs += 1;
    return undefined;
  });
  const a = {};
  f(a, undefined);
  f(a, undefined);
  expect(runs).toBe(1);
});

test('refuses a primitive as first argument, which would never be forgotten', () => {
  const f = memo((text: string) => text.length);
  expect(() => f('x')).toThrow('first argument');
});
