import { expect, test } from 'vitest';
import { HeldClock } from '@istio-ts/testkit';
import type { ResourceSet } from '@istio-ts/xds-types';
import { TypeUrl } from '../type-order.js';
import { decodeSotwRequest, encodeSotwRequest, type SotwRequestFields } from '../wire/request.js';
import { decodeSotwResponse, type SotwResponse } from '../wire/response.js';
import { modelSet, type ModelSpec } from './model-envoy.test-support.js';
import { ServerSession, type RequestOutcome } from './server-session.js';

const { Cluster, Endpoint, Route } = TypeUrl;
const one: ModelSpec = { revision: 1 };
const two: ModelSpec = { revision: 2 };

class SotwConversation {
  readonly session = new ServerSession({ variant: 'sotw', clock: new HeldClock(), noncePrefix: 'n' });

  targets(sets: Readonly<Record<string, ResourceSet>>): void {
    this.session.setTargets(new Map(Object.entries(sets)));
  }

  send(request: SotwRequestFields): RequestOutcome {
    return this.session.receive(decodeSotwRequest(encodeSotwRequest(request)));
  }

  next(): SotwResponse | undefined {
    const prepared = this.session.next();
    if (prepared === undefined) return undefined;
    this.session.commit(prepared);
    return decodeSotwResponse(Buffer.concat(prepared.pieces));
  }

  expectNext(): SotwResponse {
    const response = this.next();
    if (response === undefined) throw new Error('expected a response, the server is quiet');
    return response;
  }

  ack({ typeUrl, nonce, version }: SotwResponse, names: readonly string[] = []): RequestOutcome {
    return this.send({ typeUrl, nonce, version, names });
  }
}

function names({ resources }: SotwResponse): readonly string[] {
  return resources.map((bytes) => {
    const text = Buffer.from(bytes).toString('utf8');
    return text.startsWith('{') ? (JSON.parse(text) as { name: string }).name : text.slice(2);
  });
}

test('a wildcard response is the whole set: what is not in it is gone', () => {
  const talk = new SotwConversation();
  talk.targets({ [Cluster]: modelSet(Cluster, { a: one, b: one }) });
  talk.send({ typeUrl: Cluster });
  const first = talk.expectNext();
  expect(names(first)).toEqual(['a', 'b']);
  talk.ack(first);
  expect(talk.next()).toBeUndefined();
  talk.targets({ [Cluster]: modelSet(Cluster, { b: one, c: one }) });
  const second = talk.expectNext();
  expect(names(second)).toEqual(['b', 'c']);
  expect(second.version).not.toBe(first.version);
});

test('a rejected type is quiet until its next change', () => {
  const talk = new SotwConversation();
  talk.targets({ [Cluster]: modelSet(Cluster, { a: one }) });
  talk.send({ typeUrl: Cluster });
  const first = talk.expectNext();
  const error = { code: 13, message: 'no' };
  expect(talk.send({ typeUrl: Cluster, nonce: first.nonce, error })).toMatchObject({
    kind: 'rejected',
    names: ['a'],
  });
  expect(talk.next()).toBeUndefined();
  talk.targets({ [Cluster]: modelSet(Cluster, { a: two }) });
  expect(names(talk.expectNext())).toEqual(['a']);
});

test('names that are added are answered, dropped ones are not', () => {
  const talk = new SotwConversation();
  talk.targets({ [Endpoint]: modelSet(Endpoint, { a: one, b: one }) });
  talk.send({ typeUrl: Endpoint, names: ['a'] });
  const first = talk.expectNext();
  expect(names(first)).toEqual(['a']);
  talk.ack(first, ['a', 'b']);
  const second = talk.expectNext();
  expect(names(second)).toEqual(['b']);
  talk.ack(second, []);
  expect(talk.next()).toBeUndefined();
  talk.targets({ [Endpoint]: modelSet(Endpoint, { a: two, b: two }) });
  expect(talk.next()).toBeUndefined();
});

test('a request without nonce is answered like a first one, also while a response is outstanding', () => {
  const talk = new SotwConversation();
  talk.send({ typeUrl: Route, names: ['http.80'] });
  expect(names(talk.expectNext())).toEqual(['http.80']);
  talk.send({ typeUrl: Route, names: ['http.80', 'https.443'] });
  expect(names(talk.expectNext())).toEqual(['http.80', 'https.443']);
});

test('after clusters were sent the next request for load assignments is answered, though it only acknowledges', () => {
  const talk = new SotwConversation();
  talk.targets({ [Cluster]: modelSet(Cluster, { a: one }), [Endpoint]: modelSet(Endpoint, { a: one }) });
  talk.send({ typeUrl: Endpoint, names: ['a'] });
  const first = talk.expectNext();
  talk.send({ typeUrl: Cluster });
  talk.ack(talk.expectNext());
  talk.ack(first, ['a']);
  expect(names(talk.expectNext())).toEqual(['a']);
});

test('a stale nonce is ignored', () => {
  const talk = new SotwConversation();
  talk.targets({ [Endpoint]: modelSet(Endpoint, { a: one, b: one }) });
  talk.send({ typeUrl: Endpoint, names: ['a'] });
  talk.ack(talk.expectNext(), ['a']);
  expect(talk.send({ typeUrl: Endpoint, nonce: 'stale', names: ['a', 'b'] }).kind).toBe('stale');
  expect(talk.next()).toBeUndefined();
});
