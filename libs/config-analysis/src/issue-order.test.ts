import { expect, test } from 'vitest';
import { IssueOrder } from './issue-order.js';
import { randomNumbers } from './testing/random-mesh.js';

test('keys are in order after every change, few or many', () => {
  const random = randomNumbers(7);
  const held = new Map<string, number>();
  const order = new IssueOrder();
  for (let round = 0; round < 60; round += 1) {
    const changes = round % 5 === 0 ? 100 : random(4);
    for (let change = 0; change < changes; change += 1) {
      const key = `k${random(300)}`;
      if (!held.delete(key)) held.set(key, round);
      order.touch(key);
    }
    expect(order.keys(held)).toEqual([...held.keys()].sort());
  }
});

test('nothing new is made where nothing changes', () => {
  const held = new Map([['a', 1]]);
  const order = new IssueOrder();
  order.touch('a');
  const keys = order.keys(held);
  expect(order.keys(held)).toBe(keys);
});
