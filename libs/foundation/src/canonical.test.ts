import { expect, test } from 'vitest';
import { keepIdentity, structurallyEqual } from './canonical.js';

test('an equal value is replaced by the old object', () => {
  const old = { a: [1, { b: 'x' }] };
  expect(keepIdentity(old, { a: [1, { b: 'x' }] })).toBe(old);
});

test('parts that did not change keep their identity inside a changed value', () => {
  const old = { same: { x: 1 }, list: [{ y: 1 }, { y: 2 }] };
  const next = keepIdentity(old, { same: { x: 1 }, list: [{ y: 1 }, { y: 3 }] });
  expect(next).toEqual({ same: { x: 1 }, list: [{ y: 1 }, { y: 3 }] });
  expect(next.same).toBe(old.same);
  expect(next.list[0]).toBe(old.list[0]);
});

test('absent and undefined differ, bytes compare by content', () => {
  expect(structurallyEqual({ a: undefined }, {})).toBe(false);
  expect(structurallyEqual(new Uint8Array([1]), new Uint8Array([1]))).toBe(true);
});
