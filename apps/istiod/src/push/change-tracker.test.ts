import { expect, test } from 'vitest';
import { noMetrics } from '@istio-ts/foundation';
import { HeldClock } from '@istio-ts/testkit';
import { renderReport, type ChangedObject, type ChangeReport } from './change-record.js';
import { ChangeTracker, giveUpMs } from './change-tracker.js';

const objects: readonly ChangedObject[] = [
  { kind: 'VirtualService', namespace: 'default', name: 'reviews', op: 'changed' },
];
const [a, b, c] = [{ name: 'a.default' }, { name: 'b.default' }, { name: 'c.default' }];

function setup(): { clock: HeldClock; tracker: ChangeTracker; reports: ChangeReport[]; begin: () => void } {
  const clock = new HeldClock(1_000_000);
  const reports: ChangeReport[] = [];
  const tracker = new ChangeTracker({ clock, metrics: noMetrics, report: (report) => reports.push(report) });
  return {
    clock,
    tracker,
    reports,
    begin: () => tracker.begin({ objects, issues: [], sinceMs: 1_000_000 }, [a, b, c]),
  };
}

test('a change is live when every proxy that carries it has acknowledged; the others do not count', () => {
  const { clock, tracker, reports, begin } = setup();
  begin();
  tracker.updated(a, true);
  tracker.updated(b, false);
  clock.advance(8);
  tracker.updated(c, true);
  tracker.settled(a);
  clock.advance(30);
  expect(reports).toEqual([]);
  tracker.settled(c);
  expect(reports).toMatchObject([{ state: 'live', proxies: { acked: 2, total: 2 }, sentMs: 8, ms: 38 }]);
  expect(reports.map(renderReport)).toEqual([
    'VirtualService default/reviews changed: live on 2/2 proxies after 38 ms',
  ]);
});

test('one that rejects it and one that goes away are named', () => {
  const { tracker, reports, begin } = setup();
  begin();
  for (const proxy of [a, b, c]) tracker.updated(proxy, true);
  tracker.rejected(b, { proxy: b.name, object: 'VirtualService/default/reviews', message: 'no' });
  tracker.settled(a);
  tracker.settled(b);
  tracker.gone(c);
  expect(reports).toMatchObject([
    {
      state: 'partial',
      proxies: { acked: 1, total: 3, rejected: [{ proxy: 'b.default' }], unreachable: ['c.default'] },
    },
  ]);
  expect(reports.map(renderReport)[0]).toContain('rejected by b.default (no), no answer from c.default');
});

test('a proxy that does not answer is named when its time is over', () => {
  const { clock, tracker, reports, begin } = setup();
  begin();
  for (const proxy of [a, b, c]) tracker.updated(proxy, true);
  tracker.settled(a);
  tracker.settled(b);
  clock.advance(giveUpMs);
  expect(reports).toMatchObject([
    { state: 'partial', proxies: { acked: 2, total: 3, unreachable: ['c.default'] } },
  ]);
  tracker.settled(c);
  expect(reports).toHaveLength(1);
});

test('a change that every proxy rejects is rejected', () => {
  const { tracker, reports } = setup();
  tracker.begin({ objects, issues: [], sinceMs: 1_000_000 }, [a]);
  tracker.updated(a, true);
  tracker.rejected(a, { proxy: a.name, object: 'x', message: 'no' });
  tracker.settled(a);
  expect(reports).toMatchObject([{ state: 'rejected', proxies: { acked: 0, total: 1 } }]);
});

test('a second change while the first is on its way is followed on its own', () => {
  const { tracker, reports } = setup();
  tracker.begin({ objects, issues: [], sinceMs: 1_000_000 }, [a]);
  tracker.updated(a, true);
  tracker.begin(
    { objects: [{ ...(objects[0] as ChangedObject), name: 'other' }], issues: [], sinceMs: 1_000_000 },
    [a],
  );
  tracker.updated(a, false);
  expect(reports.map(({ objects: [object] }) => object?.name)).toEqual(['other']);
  tracker.settled(a);
  expect(reports.map(({ objects: [object] }) => object?.name)).toEqual(['other', 'reviews']);
});

test('a change that is over is forgotten at once: no timer holds it', () => {
  let waiting = 0;
  const clock = {
    nowMs: () => 1_000_000,
    setTimer: () => {
      waiting += 1;
      return () => void (waiting -= 1);
    },
  };
  const tracker = new ChangeTracker({ clock, metrics: noMetrics, report: () => undefined });
  tracker.begin({ objects, issues: [], sinceMs: 1_000_000 }, [a]);
  expect(waiting).toBe(1);
  tracker.updated(a, true);
  tracker.settled(a);
  expect(waiting).toBe(0);
});

test('the objects that are on their way to a proxy are known until it has settled', () => {
  const { tracker, begin } = setup();
  begin();
  tracker.updated(a, true);
  tracker.updated(b, false);
  expect(tracker.objectsOnTheWayTo(a)).toEqual(['VirtualService/default/reviews']);
  expect(tracker.objectsOnTheWayTo(b)).toEqual([]);
  tracker.settled(a);
  expect(tracker.objectsOnTheWayTo(a)).toEqual([]);
});

test('a rejection that belongs to no change, as of a proxy that connects, is told at once', () => {
  const { tracker, reports } = setup();
  tracker.rejected(b, { proxy: b.name, object: 'Gateway/default/edge', message: 'no' });
  expect(reports).toMatchObject([
    { state: 'rejected', objects: [], proxies: { rejected: [{ object: 'Gateway/default/edge' }] } },
  ]);
  expect(reports.map(renderReport)).toEqual(['live on 0/1 proxies, rejected by b.default (no)']);
});
