import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { noMetrics, silentLogger } from '@istio-ts/foundation';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { eventually, HeldClock } from '@istio-ts/testkit';
import { anonymous } from '../ads/caller.js';
import { ChangeTracker } from './change-tracker.js';
import { PushLoop, type PushTarget } from './push-loop.js';

/** Longer than any slice. */
function work(): void {
  const endMs = performance.now() + 12;
  while (performance.now() < endMs);
}

function setup(steps: number) {
  const clock = new HeldClock();
  const tracker = new ChangeTracker({ clock, metrics: noMetrics, report: () => undefined });
  const done: string[] = [];
  let made = 0;
  const loop = new PushLoop({
    clock,
    metrics: noMetrics,
    logger: silentLogger,
    tracker,
    left: () => undefined,
    make: function* ({ name }) {
      for (let step = 0; step < steps; step += 1) {
        work();
        made += 1;
        if (name === 'broken') throw new Error('a bug');
        yield;
      }
    },
    targetsFor: () => new Map(),
  });
  const connect = (name: string): PushTarget => {
    const applyTargets = (): boolean => done.push(name) === 0;
    const connection = { name, node: {} as ProxyNode, caller: anonymous, applyTargets };
    loop.attach(connection);
    return connection;
  };
  loop.start();
  return { loop, connect, done, made: () => made };
}

test('making one configuration takes as many turns of the event loop as it needs, one step at a time where steps are long', async () => {
  const { connect, done, made } = setup(5);
  connect('web');
  for (let turn = 1; turn <= 4; turn += 1) {
    await setImmediate();
    expect(made()).toBeLessThanOrEqual(turn);
    expect(done).toEqual([]);
  }
  await eventually(() => expect(done).toEqual(['web']));
});

test('a proxy whose configuration cannot be made, or that leaves meanwhile, holds up nobody', async () => {
  const { loop, connect, done } = setup(2);
  connect('broken');
  const leaving = connect('leaving');
  connect('web');
  loop.detach(leaving);
  await eventually(() => expect(done).toEqual(['web']));
});
