import { expect, test } from 'vitest';
import { HeldClock } from '@istio-ts/testkit';
import { KeptClasses } from './kept-classes.js';

test('a class is kept for a time after the last proxy of it left, and then forgotten', () => {
  const clock = new HeldClock();
  const kept = new KeptClasses({ clock, forMs: 1000 });
  const shared = {};
  kept.keep(shared);
  clock.advance(900);
  kept.keep(shared);
  clock.advance(900);
  expect(kept.size).toBe(1);
  clock.advance(100);
  expect(kept.size).toBe(0);
});

test('of many classes those are kept that were left last', () => {
  const clock = new HeldClock();
  const kept = new KeptClasses({ clock, forMs: 1000, most: 3 });
  for (let index = 0; index < 100; index += 1) kept.keep({ index });
  expect(kept.size).toBe(3);
  clock.advance(1000);
  expect(kept.size).toBe(0);
});
