import type { ResourceSet } from '@istio-ts/xds-types';
import { expect, test } from 'vitest';
import { TypeUrl } from '../type-order.js';
import { Conversation, names, syncedProxy } from './conversation.test-support.js';
import { modelSet, versionsOf, type ModelSpec } from './model-envoy.test-support.js';
import { orderWaitMs } from './server-session.js';

const { Cluster, Listener, Route } = TypeUrl;
const one: ModelSpec = { revision: 1 };
const two: ModelSpec = { revision: 2 };

test('a cluster stays while the last good version of something rejected may name it, and goes when that is over', () => {
  for (const typeUrl of [Listener, Route]) {
    const talk = syncedProxy();
    const name = typeUrl === Route ? 'r' : 'l';
    const good = {
      [Cluster]: modelSet(Cluster, { a: one }),
      [Listener]: modelSet(Listener, { l: one }),
      [Route]: modelSet(Route, { r: one }),
    };
    const next = { ...good, [Cluster]: modelSet(Cluster, { b: one }) };
    talk.targets({ ...next, [typeUrl]: modelSet(typeUrl, { [name]: two }) });
    const clusters = talk.expectNext();
    expect([names(clusters), clusters.removed]).toEqual([['b'], []]);
    talk.ack(clusters);
    const rejected = talk.expectNext();
    expect([rejected.typeUrl, names(rejected)]).toEqual([typeUrl, [name]]);
    talk.nack(rejected, 'no');
    talk.clock.advance(orderWaitMs * 10);
    expect(talk.next()).toBeUndefined();
    expect(talk.session.settled).toBe(true);
    expect(talk.session.wakeAtMs).toBeUndefined();
    // Rejected once more: it is still the first version that is in force.
    talk.targets({ ...next, [typeUrl]: modelSet(typeUrl, { [name]: { revision: 3 } }) });
    talk.nack(talk.expectNext(), 'no');
    expect(talk.next()).toBeUndefined();
    talk.targets({ ...next, [typeUrl]: modelSet(typeUrl, { [name]: { revision: 4 } }) });
    talk.ack(talk.expectNext());
    expect(talk.expectNext().removed).toEqual(['a']);
  }
});

test('also when the client reconnects meanwhile, and when the change that was rejected is taken back', () => {
  const talk = new Conversation();
  const listeners = modelSet(Listener, { l: one });
  const next = { [Cluster]: modelSet(Cluster, { b: one }), [Listener]: listeners };
  talk.targets({ ...next, [Route]: modelSet(Route, { r: two }) });
  talk.send({ typeUrl: Cluster, initialVersions: versionsOf(modelSet(Cluster, { a: one, b: one })) });
  talk.send({ typeUrl: Listener, initialVersions: versionsOf(listeners) });
  talk.send({
    typeUrl: Route,
    subscribe: ['r'],
    initialVersions: versionsOf(modelSet(Route, { r: one })),
  });
  talk.nack(talk.expectNext(), 'no');
  talk.clock.advance(orderWaitMs * 10);
  expect(talk.next()).toBeUndefined();
  talk.targets({ ...next, [Route]: modelSet(Route, { r: one }) });
  talk.ack(talk.expectNext());
  expect(talk.expectNext().removed).toEqual(['a']);
});

test('also when it states no version of what it rejected, as the relay beside a proxy does', () => {
  const talk = new Conversation();
  const listeners = modelSet(Listener, { l: one });
  const targets = (revision: number): Readonly<Record<string, ResourceSet>> => ({
    [Cluster]: modelSet(Cluster, { b: one }),
    [Listener]: listeners,
    [Route]: modelSet(Route, { r: { revision } }),
  });
  talk.targets(targets(2));
  talk.send({ typeUrl: Cluster, initialVersions: versionsOf(modelSet(Cluster, { a: one, b: one })) });
  talk.send({ typeUrl: Listener, initialVersions: versionsOf(listeners) });
  talk.send({ typeUrl: Route, subscribe: ['r'], initialVersions: new Map([['r', '']]) });
  talk.nack(talk.expectNext(), 'no');
  expect(talk.next()).toBeUndefined();
  talk.targets(targets(3));
  talk.ack(talk.expectNext());
  expect(talk.expectNext().removed).toEqual(['a']);
});

test('a listener that was rejected while it went is removed from a client that returns', () => {
  const talk = new Conversation();
  talk.targets({ [Listener]: modelSet(Listener, { l: one }) });
  const held = new Map([...versionsOf(modelSet(Listener, { l: one })), ['gone', '']]);
  talk.send({ typeUrl: Listener, initialVersions: held });
  const answer = talk.expectNext();
  expect([names(answer), answer.removed]).toEqual([[], ['gone']]);
});

test('a rejected route that vanishes is not emptied while its listener still drains, and holds nothing up when it is given up', () => {
  const talk = syncedProxy();
  talk.targets({
    [Cluster]: modelSet(Cluster, { a: one }),
    [Listener]: modelSet(Listener, { l: one }),
    [Route]: modelSet(Route, { r: two }),
  });
  talk.nack(talk.expectNext(), 'no');
  talk.targets({
    [Cluster]: modelSet(Cluster, {}),
    [Listener]: modelSet(Listener, { l: two }),
    [Route]: modelSet(Route, {}),
  });
  const listeners = talk.expectNext();
  expect(listeners.typeUrl).toBe(Listener);
  talk.ack(listeners);
  expect(talk.next()).toBeUndefined();
  talk.send({ typeUrl: Route, unsubscribe: ['r'] });
  expect(talk.expectNext().removed).toEqual(['a']);
});

test('of a rejected response only the bad resource is held back, until it has a new version', () => {
  const talk = new Conversation();
  const good = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`c${n}`, one]));
  const broken: ModelSpec = { revision: 1, bad: true };
  talk.targets({ [Cluster]: modelSet(Cluster, { ...good, c7: broken }) });
  talk.send({ typeUrl: Cluster });
  const held = new Set<string>();
  const proven: string[] = [];
  let responses = 0;
  for (let response = talk.next(); response !== undefined; response = talk.next()) {
    responses += 1;
    if (names(response)?.includes('c7') === true) {
      const outcome = talk.nack(response, 'no');
      if (outcome.kind === 'rejected' && outcome.proven !== undefined) {
        expect(outcome.proven.resource?.origins).toEqual(['Thing/default/c7']);
        proven.push(outcome.proven.name);
      }
    } else {
      for (const name of names(response) ?? []) held.add(name);
      talk.ack(response);
    }
  }
  expect(proven).toEqual(['c7']);
  expect(held.size).toBe(19);
  expect(responses).toBeLessThanOrEqual(12);
  expect(talk.session.settled).toBe(true);
  talk.targets({ [Cluster]: modelSet(Cluster, { ...good, c7: two }) });
  expect(names(talk.expectNext())).toEqual(['c7']);
});

test('a rejection that names its resource needs two more responses', () => {
  const talk = new Conversation();
  talk.targets({
    [Cluster]: modelSet(Cluster, { alpha: one, beta: { revision: 1, bad: true }, gamma: one }),
  });
  talk.send({ typeUrl: Cluster });
  talk.nack(talk.expectNext(), 'Error adding/updating cluster(s) beta: no');
  const innocent = talk.expectNext();
  expect(names(innocent)).toEqual(['alpha', 'gamma']);
  talk.ack(innocent);
  const suspect = talk.expectNext();
  expect(names(suspect)).toEqual(['beta']);
  expect(talk.nack(suspect, 'no')).toMatchObject({ kind: 'rejected', proven: { name: 'beta' } });
  expect(talk.next()).toBeUndefined();
});
