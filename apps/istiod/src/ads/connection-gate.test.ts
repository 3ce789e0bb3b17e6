import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ConnectionGate } from './connection-gate.js';

function setup(count: number) {
  const sockets = Array.from({ length: count }, () => new Socket());
  const inside: Socket[] = [];
  const gate = new ConnectionGate((socket) => inside.push(socket));
  for (const socket of sockets) gate.add(socket);
  return { sockets, inside, gate };
}

test('what connects alone is let in at once', () => {
  const { sockets, inside } = setup(1);
  expect(inside).toEqual(sockets);
});

test('of many that connect together a few are let in each turn, in their order, and in the end all', async () => {
  const { sockets, inside } = setup(100);
  const counts = [inside.length];
  while (inside.length < sockets.length) {
    await nextTurn();
    counts.push(inside.length);
  }
  const steps = counts.map((count, index) => count - (counts[index - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThan(20);
  expect(inside).toEqual(sockets);
});

test('what still waits when the gate closes is ended', () => {
  const { sockets, inside, gate } = setup(100);
  gate.close();
  expect(sockets.filter(({ destroyed }) => destroyed)).toHaveLength(sockets.length - inside.length);
});
