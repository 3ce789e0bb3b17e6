import { expect, test } from 'vitest';
import { TypeUrl } from '../type-order.js';
import { Conversation, names, syncedProxy } from './conversation.test-support.js';
import { modelResource, modelSet, versionsOf, type ModelSpec } from './model-envoy.test-support.js';
import { orderWaitMs } from './server-session.js';

const { Cluster, Endpoint, Listener, Route } = TypeUrl;
const one: ModelSpec = { revision: 1 };
const two: ModelSpec = { revision: 2 };

test('a wildcard subscription is answered with the whole set, and after its acknowledgement with what changed', () => {
  const talk = new Conversation();
  const first = modelSet(Cluster, { a: one, b: one });
  talk.targets({ [Cluster]: first });
  talk.send({ typeUrl: Cluster });
  const whole = talk.expectNext();
  expect(names(whole)).toEqual(['a', 'b']);
  talk.targets({ [Cluster]: first.set('b', modelResource(Cluster, 'b', two)).delete('a') });
  expect(talk.next()).toBeUndefined();
  talk.ack(whole);
  const change = talk.expectNext();
  expect(names(change)).toEqual(['b']);
  expect(change.removed).toEqual(['a']);
  talk.ack(change);
  expect(talk.next()).toBeUndefined();
  expect(talk.session.settled).toBe(true);
});

test('a first subscription is answered even where there is nothing', () => {
  const talk = new Conversation();
  talk.send({ typeUrl: Listener });
  expect(names(talk.expectNext())).toEqual([]);
  expect(talk.next()).toBeUndefined();
});

test('changes that come while a response is outstanding go out as one, the latest wins', () => {
  const talk = new Conversation();
  let set = modelSet(Cluster, { a: one });
  talk.targets({ [Cluster]: set });
  talk.send({ typeUrl: Cluster });
  const first = talk.expectNext();
  for (let revision = 2; revision < 9; revision += 1) {
    set = set.set('a', modelResource(Cluster, 'a', { revision }));
    talk.targets({ [Cluster]: set });
    expect(talk.next()).toBeUndefined();
  }
  talk.ack(first);
  expect(talk.expectNext().resources.map(({ version }) => version)).toEqual(['{"revision":8}']);
});

test('a client that reconnects and holds everything is sent nothing', () => {
  const talk = new Conversation();
  const sets = {
    [Cluster]: modelSet(Cluster, { a: one, b: two }),
    [Endpoint]: modelSet(Endpoint, { a: one }),
  };
  talk.targets(sets);
  talk.send({ typeUrl: Cluster, initialVersions: versionsOf(sets[Cluster]) });
  talk.send({ typeUrl: Endpoint, subscribe: ['a'], initialVersions: versionsOf(sets[Endpoint]) });
  expect(talk.next()).toBeUndefined();
  expect(talk.session.settled).toBe(true);
});

test('a client that reconnects is sent the difference, and what it holds too much is removed', () => {
  const talk = new Conversation();
  talk.targets({ [Cluster]: modelSet(Cluster, { a: one, b: two, c: one }) });
  const held = versionsOf(modelSet(Cluster, { a: one, b: one, old: one }));
  talk.send({ typeUrl: Cluster, initialVersions: held });
  const answer = talk.expectNext();
  expect([names(answer), answer.removed]).toEqual([['b', 'c'], []]);
  talk.ack(answer);
  expect(talk.next()).toBeUndefined();
  // It asks for nothing that could name a cluster: that is believed after a while.
  talk.clock.advance(orderWaitMs);
  expect(talk.expectNext().removed).toEqual(['old']);
});

test('a client that reconnects keeps a cluster until what it still names it by is changed', () => {
  const talk = new Conversation();
  const listeners = modelSet(Listener, { l: one });
  talk.targets({
    [Cluster]: modelSet(Cluster, { next: one }),
    [Listener]: listeners,
    [Route]: modelSet(Route, { r: two }),
  });
  talk.send({ typeUrl: Cluster, initialVersions: versionsOf(modelSet(Cluster, { old: one })) });
  const clusters = talk.expectNext();
  expect([names(clusters), clusters.removed]).toEqual([['next'], []]);
  talk.send({ typeUrl: Listener, initialVersions: versionsOf(listeners) });
  talk.ack(clusters);
  expect(talk.next()).toBeUndefined();
  talk.send({
    typeUrl: Route,
    subscribe: ['r'],
    initialVersions: versionsOf(modelSet(Route, { r: one })),
  });
  const routes = talk.expectNext();
  expect([routes.typeUrl, names(routes)]).toEqual([Route, ['r']]);
  expect(talk.next()).toBeUndefined();
  talk.ack(routes);
  expect(talk.expectNext().removed).toEqual(['old']);
});

test('one changed endpoint sends one load assignment', () => {
  const talk = new Conversation();
  const clusters = modelSet(Cluster, { a: one, b: one });
  const endpoints = modelSet(Endpoint, { a: one, b: one });
  talk.targets({ [Cluster]: clusters, [Endpoint]: endpoints });
  talk.send({ typeUrl: Cluster });
  talk.ack(talk.expectNext());
  talk.send({ typeUrl: Endpoint, subscribe: ['b', 'a'] });
  talk.ack(talk.expectNext());
  talk.targets({ [Cluster]: clusters, [Endpoint]: endpoints.set('a', modelResource(Endpoint, 'a', two)) });
  const change = talk.expectNext();
  expect([change.typeUrl, names(change), change.removed]).toEqual([Endpoint, ['a'], []]);
  talk.ack(change);
  expect(talk.next()).toBeUndefined();
});

test('a name that does not exist is answered by an empty resource of that name', () => {
  const talk = new Conversation();
  talk.send({ typeUrl: Endpoint, subscribe: ['ghost'] });
  const answer = talk.expectNext();
  expect(names(answer)).toEqual(['ghost']);
  expect(Buffer.from(answer.resources[0]?.bytes ?? [])).toEqual(Buffer.from('\n\u0005ghost'));
  talk.ack(answer);
  expect(talk.next()).toBeUndefined();
});

test('a load assignment that vanishes is emptied, unless the client follows clusters and gives the name up itself', () => {
  const alone = new Conversation();
  alone.targets({ [Endpoint]: modelSet(Endpoint, { a: one, b: one }) });
  alone.send({ typeUrl: Endpoint, subscribe: ['a', 'b'] });
  alone.ack(alone.expectNext());
  alone.targets({ [Endpoint]: modelSet(Endpoint, { b: one }) });
  const emptied = alone.expectNext();
  expect([names(emptied), emptied.removed]).toEqual([['a'], []]);

  const proxy = new Conversation();
  const before = { [Cluster]: modelSet(Cluster, { a: one }), [Endpoint]: modelSet(Endpoint, { a: one }) };
  proxy.targets(before);
  proxy.send({ typeUrl: Cluster });
  proxy.ack(proxy.expectNext());
  proxy.send({ typeUrl: Endpoint, subscribe: ['a'] });
  proxy.ack(proxy.expectNext());
  proxy.targets({ [Cluster]: modelSet(Cluster, {}), [Endpoint]: modelSet(Endpoint, {}) });
  const removal = proxy.expectNext();
  expect([removal.typeUrl, removal.removed]).toEqual([Cluster, ['a']]);
  proxy.send({ typeUrl: Endpoint, unsubscribe: ['a'] });
  proxy.ack(removal);
  expect(proxy.next()).toBeUndefined();
});

test('the load assignment of a changed cluster follows it without waiting for the acknowledgement', () => {
  const talk = new Conversation();
  const endpoints = modelSet(Endpoint, { a: one, b: one });
  talk.targets({ [Cluster]: modelSet(Cluster, { a: one, b: one }), [Endpoint]: endpoints });
  talk.send({ typeUrl: Cluster });
  talk.ack(talk.expectNext());
  talk.send({ typeUrl: Endpoint, subscribe: ['a', 'b'] });
  talk.ack(talk.expectNext());
  talk.targets({ [Cluster]: modelSet(Cluster, { a: two, b: one }), [Endpoint]: endpoints });
  expect(names(talk.expectNext())).toEqual(['a']);
  const assignment = talk.expectNext();
  expect([assignment.typeUrl, names(assignment)]).toEqual([Endpoint, ['a']]);
});

test('also when the cluster was sent before the reconnected client asked for its load assignments', () => {
  const talk = new Conversation();
  const endpoints = modelSet(Endpoint, { a: one });
  talk.targets({ [Cluster]: modelSet(Cluster, { a: two }), [Endpoint]: endpoints });
  talk.send({ typeUrl: Cluster, initialVersions: versionsOf(modelSet(Cluster, { a: one })) });
  expect(names(talk.expectNext())).toEqual(['a']);
  talk.send({ typeUrl: Endpoint, subscribe: ['a'], initialVersions: versionsOf(endpoints) });
  expect(names(talk.expectNext())).toEqual(['a']);
});

test('listeners and routes wait for the acknowledgement of clusters that are new, 5 s at most', () => {
  const next = {
    [Cluster]: modelSet(Cluster, { a: one, b: one }),
    [Listener]: modelSet(Listener, { l: two }),
    [Route]: modelSet(Route, { r: two }),
  };
  const prompt = syncedProxy();
  prompt.targets(next);
  const clusters = prompt.expectNext();
  expect(names(clusters)).toEqual(['b']);
  expect(prompt.next()).toBeUndefined();
  prompt.ack(clusters);
  expect([prompt.expectNext().typeUrl, prompt.expectNext().typeUrl]).toEqual([Listener, Route]);

  const slow = syncedProxy();
  slow.targets(next);
  slow.expectNext();
  expect(slow.next()).toBeUndefined();
  expect(slow.session.wakeAtMs).toBe(slow.clock.nowMs() + orderWaitMs);
  slow.clock.advance(orderWaitMs);
  expect([slow.expectNext().typeUrl, slow.expectNext().typeUrl]).toEqual([Listener, Route]);
});

test('a storm of edits that a slow client acknowledges never breaks the order', () => {
  const talk = syncedProxy();
  const edit = (number: number): void =>
    talk.targets({
      [Cluster]: modelSet(Cluster, { [`c${number}`]: one }),
      [Listener]: modelSet(Listener, { l: one }),
      [Route]: modelSet(Route, { r: { revision: number } }),
    });
  edit(100);
  let clusters = talk.expectNext();
  for (let number = 101; number < 120; number += 1) {
    expect([clusters.typeUrl, clusters.removed]).toEqual([Cluster, []]);
    talk.clock.advance(orderWaitMs * 0.8);
    edit(number);
    expect(talk.next()).toBeUndefined();
    talk.ack(clusters);
    clusters = talk.expectNext();
  }
  talk.ack(clusters);
  const route = talk.expectNext();
  expect([route.typeUrl, names(route)]).toEqual([Route, ['r']]);
  talk.ack(route);
  expect(talk.expectNext().removed).toContain('a');
});

test('a cluster is removed after everything that named it', () => {
  const talk = syncedProxy();
  talk.targets({
    [Cluster]: modelSet(Cluster, {}),
    [Listener]: modelSet(Listener, { l: two }),
    [Route]: modelSet(Route, { r: two }),
  });
  const listeners = talk.expectNext();
  const routes = talk.expectNext();
  expect([listeners.typeUrl, routes.typeUrl]).toEqual([Listener, Route]);
  talk.ack(listeners);
  expect(talk.next()).toBeUndefined();
  talk.ack(routes);
  expect(talk.expectNext().removed).toEqual(['a']);
});

test('a nonce of another response changes nothing, a subscription in such a request counts', () => {
  const talk = new Conversation();
  talk.targets({ [Endpoint]: modelSet(Endpoint, { a: one, b: one }) });
  talk.send({ typeUrl: Endpoint, subscribe: ['a'] });
  const first = talk.expectNext();
  expect(talk.send({ typeUrl: Endpoint, nonce: 'other', subscribe: ['b'] }).kind).toBe('stale');
  expect(talk.next()).toBeUndefined();
  talk.ack(first);
  expect(names(talk.expectNext())).toEqual(['b']);
});

test('a type that is passed over holds up no other type', () => {
  const talk = new Conversation();
  const sets = { [Endpoint]: modelSet(Endpoint, { a: one }), [Route]: modelSet(Route, { r: one }) };
  talk.targets(sets);
  for (const [typeUrl, set] of Object.entries(sets))
    talk.send({ typeUrl, subscribe: [...set.keys()], initialVersions: versionsOf(set) });
  expect(talk.next()).toBeUndefined();
  talk.targets({ [Endpoint]: modelSet(Endpoint, { a: two }), [Route]: modelSet(Route, { r: two }) });
  expect(talk.session.next(new Set([Endpoint]))?.typeUrl).toBe(Route);
  expect(talk.session.next(new Set([Route]))?.typeUrl).toBe(Endpoint);
  expect(talk.session.next(new Set([Endpoint, Route]))).toBeUndefined();
});

test('clusters that are sent before load assignments are asked for are followed by those that the client states', () => {
  const talk = new Conversation();
  const endpoints = modelSet(Endpoint, { a: one, b: one, c: one });
  talk.targets({ [Cluster]: modelSet(Cluster, { a: one, b: one }), [Endpoint]: endpoints });
  talk.send({ typeUrl: Cluster });
  talk.ack(talk.expectNext());
  talk.targets({ [Cluster]: modelSet(Cluster, { a: one, b: two }), [Endpoint]: endpoints });
  talk.ack(talk.expectNext());
  talk.send({ typeUrl: Endpoint, subscribe: ['a', 'b', 'c'], initialVersions: versionsOf(endpoints) });
  expect(names(talk.expectNext())).toEqual(['a', 'b']);
});
