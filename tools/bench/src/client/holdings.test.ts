import { expect, test } from 'vitest';
import { Holdings } from './holdings.js';

test('a wanted name is missing until it is answered, also by "there is none"', () => {
  const held = new Holdings();
  held.want(3);
  held.want(200);
  expect(held.missing).toBe(2);
  held.hold(3, 9);
  held.drop(200);
  expect(held.missing).toBe(0);
  expect([...held.held()]).toEqual([[3, 9]]);
  expect(held.versionOf(200)).toBeUndefined();
});

test('what is no longer wanted is no longer held, and missing again when wanted again', () => {
  const held = new Holdings();
  held.want(1);
  held.hold(1, 0);
  held.unwant(1);
  expect([...held.held()]).toEqual([]);
  held.want(1);
  expect(held.missing).toBe(1);
});
