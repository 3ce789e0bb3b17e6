import { expect, test } from 'vitest';
import { Conversation } from '../server/conversation.test-support.js';
import { modelSet } from '../server/model-envoy.test-support.js';
import { TypeUrl } from '../type-order.js';
import { DeltaClient } from './delta-client.js';

const node = new Uint8Array([1]);
const clusters = modelSet(TypeUrl.Cluster, { a: { revision: 1 }, b: { revision: 1 } });

test('asks for its types in order with the node first, and after a reconnect says what it holds', () => {
  const client = new DeltaClient();
  client.subscribe(TypeUrl.Endpoint, ['a']);
  client.subscribe(TypeUrl.Cluster, 'everything');
  const first = client.connect(node);
  expect(first.map(({ typeUrl }) => typeUrl)).toEqual([TypeUrl.Cluster, TypeUrl.Endpoint]);
  expect(first.map((request) => request.node)).toEqual([node, undefined]);

  const talk = new Conversation();
  talk.targets({ [TypeUrl.Cluster]: clusters });
  for (const request of first) talk.send(request);
  talk.send(client.accept(talk.expectNext()));
  client.disconnect();
  const [again] = client.connect(node);
  expect([...(again?.initialVersions ?? [])].map(([name]) => name)).toEqual(['a', 'b']);

  const later = new Conversation();
  later.targets({ [TypeUrl.Cluster]: clusters });
  if (again !== undefined) later.send(again);
  expect(later.next()).toBeUndefined();
});

test('what was rejected is not claimed as held', () => {
  const client = new DeltaClient();
  client.subscribe(TypeUrl.Cluster, 'everything');
  const talk = new Conversation();
  talk.targets({ [TypeUrl.Cluster]: clusters });
  for (const request of client.connect(node)) talk.send(request);
  const outcome = talk.send(client.reject(talk.expectNext(), { code: 13, message: 'no' }));
  expect(outcome.kind).toBe('rejected');
  expect(client.held(TypeUrl.Cluster).size).toBe(0);
});

test('names that come and go on a standing stream are told at once', () => {
  const client = new DeltaClient();
  expect(client.subscribe(TypeUrl.Route, ['80'])).toBeUndefined();
  client.connect(node);
  expect(client.subscribe(TypeUrl.Route, ['443'])).toEqual({ typeUrl: TypeUrl.Route, subscribe: ['443'] });
  expect(client.unsubscribe(TypeUrl.Route, ['80'])).toEqual({ typeUrl: TypeUrl.Route, unsubscribe: ['80'] });
});
