import { HeldClock } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../store/json-record.js';
import { MergedFeed, patienceMs } from './merged-feed.js';

const [one, two] = ['istiod-1', 'istiod-2'];

function setup(istiods = [one, two]): { clock: HeldClock; feed: MergedFeed; told: JsonRecord[] } {
  const clock = new HeldClock();
  const told: JsonRecord[] = [];
  const feed = new MergedFeed(clock, (line) => void told.push(line));
  for (const istiod of istiods) feed.joined(istiod);
  return { clock, feed, told };
}

function line(names: readonly string[], acked: number, more: JsonRecord = {}): JsonRecord {
  return {
    objects: names.map((name) => ({ kind: 'VirtualService', namespace: 'shop', name, op: 'changed' })),
    state: 'live',
    proxies: { acked, total: acked, rejected: [], unreachable: [] },
    ms: 20,
    issues: [],
    ...more,
  };
}

const namesIn = ({ objects }: JsonRecord): unknown =>
  (objects as readonly { readonly name: string }[]).map(({ name }) => name);

describe('the feeds of several istiods', () => {
  it('tell a change when it is in force on the proxies of all of them', () => {
    const { feed, told } = setup();
    feed.add(one, line(['a'], 4));
    expect(told).toEqual([]);
    feed.add(two, line(['a'], 2, { ms: 31, sentMs: 12 }));
    expect(told).toMatchObject([{ state: 'live', proxies: { acked: 6, total: 6 }, ms: 31, sentMs: 12 }]);
  });

  it('are told at once where there is one', () => {
    const { feed, told } = setup([one]);
    feed.add(one, line(['a'], 4));
    expect(told).toMatchObject([{ proxies: { acked: 4, total: 4 } }]);
  });

  it('name every proxy that rejects it, whoever it is connected to', () => {
    const { feed, told } = setup();
    const rejected = [{ proxy: 'front-1.shop', object: 'VirtualService/shop/a', message: 'no' }];
    feed.add(one, line(['a'], 4));
    feed.add(
      two,
      line(['a'], 0, { state: 'rejected', proxies: { acked: 1, total: 2, rejected, unreachable: [] } }),
    );
    expect(told).toMatchObject([{ state: 'partial', proxies: { acked: 5, total: 6, rejected } }]);
  });

  it('wait for no istiod that is gone, and not for long for one that says nothing', () => {
    const gone = setup();
    gone.feed.add(one, line(['a'], 4));
    gone.feed.left(two);
    expect(gone.told).toMatchObject([{ proxies: { acked: 4, total: 4 } }]);

    const silent = setup();
    silent.feed.add(one, line(['a'], 4));
    silent.clock.advance(patienceMs - 1);
    expect(silent.told).toEqual([]);
    silent.clock.advance(1);
    expect(silent.told).toMatchObject([{ proxies: { acked: 4, total: 4 } }]);
  });

  it('go by objects where the istiods drew the line between two edits differently', () => {
    const { feed, told } = setup();
    feed.add(one, line(['a', 'b'], 4));
    feed.add(two, line(['a'], 2));
    feed.add(two, line(['b'], 1));
    expect(told.map(namesIn)).toEqual([['a'], ['b']]);
    expect(told).toMatchObject([{ proxies: { acked: 6 } }, { proxies: { acked: 5 } }]);
    feed.add(two, line(['c'], 2));
    feed.add(two, line(['d'], 2));
    expect(told).toHaveLength(2);
    feed.add(one, line(['c', 'd'], 4));
    expect(told.slice(2).map(namesIn)).toEqual([['c'], ['d']]);
  });

  it('keep two edits of one object apart', () => {
    const { feed, told } = setup();
    feed.add(one, line(['a'], 4, { ms: 1 }));
    feed.add(one, line(['a'], 4, { ms: 2 }));
    feed.add(two, line(['a'], 2, { ms: 0 }));
    expect(told).toMatchObject([{ ms: 1, proxies: { total: 6 } }]);
    feed.add(two, line(['a'], 2, { ms: 0 }));
    expect(told).toMatchObject([{ ms: 1 }, { ms: 2 }]);
  });

  it('say once what both say, and again when it comes again', () => {
    const { clock, feed, told } = setup();
    const words = { time: 'now', raised: [{ code: 'IST0101' }], cleared: [] };
    feed.add(one, words);
    feed.add(two, { ...words, time: 'later' });
    expect(told).toHaveLength(1);
    clock.advance(patienceMs);
    feed.add(two, words);
    expect(told).toHaveLength(2);
  });
});
