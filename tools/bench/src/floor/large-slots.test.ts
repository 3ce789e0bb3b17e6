import { expect, test } from 'vitest';
import { LargeSlots } from './large-slots.js';

test('sixteen go at once, the next when one is out', () => {
  const slots = new LargeSlots();
  const releases: (() => void)[] = [];
  for (let index = 0; index < 20; index += 1) slots.take((release) => releases.push(release));
  expect(releases).toHaveLength(16);
  releases[0]?.();
  releases[0]?.();
  expect(releases).toHaveLength(17);
  for (let index = 1; index < 20; index += 1) releases[index]?.();
  expect(releases).toHaveLength(20);
});
