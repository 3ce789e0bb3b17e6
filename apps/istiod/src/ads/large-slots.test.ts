import { expect, test } from 'vitest';
import { HeldClock } from '@istio-ts/testkit';
import { LargeSlots } from './large-slots.js';

function setup(slots: number): {
  clock: HeldClock;
  take: (name: string) => () => void;
  granted: string[];
  releases: (() => void)[];
} {
  const clock = new HeldClock();
  const bounded = new LargeSlots({ clock, slots, timeoutMs: 250 });
  const granted: string[] = [];
  const releases: (() => void)[] = [];
  const take = (name: string): (() => void) => {
    const grant = (release: () => void): void => {
      granted.push(name);
      releases.push(release);
    };
    const free = bounded.take();
    if (free === undefined) return bounded.wait(grant);
    grant(free);
    return () => undefined;
  };
  return { clock, take, granted, releases };
}

test('grants as many as there are slots, the others in order as slots come free', () => {
  const { take, granted, releases } = setup(2);
  for (const name of ['a', 'b', 'c', 'd']) take(name);
  expect(granted).toEqual(['a', 'b']);
  releases[1]?.();
  releases[1]?.();
  expect(granted).toEqual(['a', 'b', 'c']);
});

test('a slot whose message does not leave is free after its time: stopped proxies do not hold up the others', () => {
  const { clock, take, granted } = setup(1);
  take('stopped');
  take('healthy');
  clock.advance(249);
  expect(granted).toEqual(['stopped']);
  clock.advance(1);
  expect(granted).toEqual(['stopped', 'healthy']);
});

test('who gives up waiting is not granted', () => {
  const { take, granted, releases } = setup(1);
  take('a');
  take('b')();
  take('c');
  releases[0]?.();
  expect(granted).toEqual(['a', 'c']);
});
