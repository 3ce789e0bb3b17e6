import { expect, test } from 'vitest';
import { HeldClock } from '@istio-ts/testkit';
import type { ResourceSet } from '@istio-ts/xds-types';
import { TypeUrl } from '../type-order.js';
import { decodeSotwRequest, encodeSotwRequest, type SotwRequestFields } from '../wire/request.js';
import { decodeSotwResponse, type SotwResponse } from '../wire/response.js';
import { modelSet, type ModelSpec } from './model-envoy.test-support.js';
import { ServerSession, type RequestOutcome } from './server-session.js';

const { Cluster, Endpoint, Listener, Route } = TypeUrl;
const one: ModelSpec = { revision: 1 };
const two: ModelSpec = { revision: 2 };

class SotwConversation {
  readonly session = new ServerSession({ variant: 'sotw', clock: new HeldClock(), noncePrefix: 'n' });
  private readonly held = new Map<string, readonly string[]>();

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

  nack({ typeUrl, nonce }: SotwResponse, message: string, names: readonly string[] = []): RequestOutcome {
    return this.send({ typeUrl, nonce, names, error: { code: 13, message } });
  }

  /** Answers until the server is quiet: `isBad` resources of a response reject it. Resources that were proven bad. */
  run(isBad: (resource: string) => boolean, asked: readonly string[] = []): readonly string[] {
    const proven: string[] = [];
    for (let response = this.next(); response !== undefined; response = this.next()) {
      const outcome = contents(response).some(isBad)
        ? this.nack(response, 'no', asked)
        : this.ack(response, asked);
      if (outcome.kind === 'rejected' && outcome.proven !== undefined) proven.push(outcome.proven.name);
      this.held.set(
        response.typeUrl,
        outcome.kind === 'rejected' ? this.of(response.typeUrl) : contents(response),
      );
    }
    return proven;
  }

  /** What the last response of a type said that was acknowledged in `run`. */
  of(typeUrl: string): readonly string[] {
    return this.held.get(typeUrl) ?? [];
  }
}

/** `a 1`: name and revision. */
function contents({ resources }: SotwResponse): readonly string[] {
  return resources.map((bytes) => {
    const { name, revision } = JSON.parse(Buffer.from(bytes).toString('utf8')) as ModelSpec & {
      name: string;
    };
    return `${name} ${revision}`;
  });
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

test('of a world that is rejected the bad resource is found, and stays at its last good version', () => {
  for (const typeUrl of [Cluster, Listener]) {
    const talk = new SotwConversation();
    const good = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`c${n}`, one]));
    talk.targets({ [typeUrl]: modelSet(typeUrl, good) });
    talk.send({ typeUrl });
    expect(talk.run(() => false)).toEqual([]);
    const { c3: _gone, ...rest } = good;
    const changed = Object.fromEntries(Object.keys(rest).map((name) => [name, two]));
    talk.targets({ [typeUrl]: modelSet(typeUrl, { ...changed, new: two }) });
    expect(talk.run((resource) => ['c7 2', 'new 2'].includes(resource))).toEqual(['c7', 'new']);
    const world = Object.keys(changed).map((name) => (name === 'c7' ? 'c7 1' : `${name} 2`));
    expect(talk.of(typeUrl)).toEqual(world.sort());
    expect(talk.session.settled).toBe(true);
    expect([...(talk.session.find(typeUrl)?.rejected() ?? [])].map(({ name }) => name)).toEqual([
      'c7',
      'new',
    ]);
    // The next version of it is sent, beside the other that is still held back.
    talk.targets({ [typeUrl]: modelSet(typeUrl, { ...changed, c7: { revision: 3 }, new: two }) });
    expect(talk.run((resource) => resource === 'new 2')).toEqual([]);
    expect(talk.of(typeUrl)).toContain('c7 3');
    expect(talk.of(typeUrl)).not.toContain('new 2');
  }
});

test('of rejected routes and load assignments the bad one is found, each goes by its name', () => {
  for (const typeUrl of [Route, Endpoint]) {
    const talk = new SotwConversation();
    const asked = ['a', 'b', 'c', 'd'];
    talk.targets({ [typeUrl]: modelSet(typeUrl, { a: one, b: one, c: two, d: one }) });
    talk.send({ typeUrl, names: asked });
    expect(talk.run((resource) => resource === 'c 2', asked)).toEqual(['c']);
    expect(talk.session.settled).toBe(true);
    talk.targets({ [typeUrl]: modelSet(typeUrl, { a: one, b: one, c: { revision: 3 }, d: one }) });
    expect(contents(talk.expectNext())).toEqual(['c 3']);
  }
});

test('a cluster is in the world until nothing names it any more, nor may name it in its last good version', () => {
  const talk = new SotwConversation();
  const good = { [Cluster]: modelSet(Cluster, { a: one }), [Route]: modelSet(Route, { r: one }) };
  const next = (revision: number) => ({
    [Cluster]: modelSet(Cluster, { b: one }),
    [Route]: modelSet(Route, { r: { revision } }),
  });
  talk.targets(good);
  talk.send({ typeUrl: Cluster });
  talk.ack(talk.expectNext());
  talk.send({ typeUrl: Route, names: ['r'] });
  talk.ack(talk.expectNext(), ['r']);
  talk.targets(next(2));
  const both = talk.expectNext();
  expect(names(both)).toEqual(['a', 'b']);
  talk.ack(both);
  talk.nack(talk.expectNext(), 'no', ['r']);
  expect(talk.next()).toBeUndefined();
  talk.targets(next(3));
  talk.ack(talk.expectNext(), ['r']);
  expect(names(talk.expectNext())).toEqual(['b']);
});

test('streams in one state share the bytes of a world', () => {
  const set = modelSet(Cluster, { a: one, b: one });
  const bodies = [new SotwConversation(), new SotwConversation()].map((talk) => {
    talk.targets({ [Cluster]: set });
    talk.send({ typeUrl: Cluster });
    return talk.session.next()?.pieces.at(-1);
  });
  expect(bodies[0]).toBeDefined();
  expect(bodies[0]).toBe(bodies[1]);
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
