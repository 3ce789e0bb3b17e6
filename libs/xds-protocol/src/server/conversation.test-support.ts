import { HeldClock } from '@istio-ts/testkit';
import type { ResourceSet } from '@istio-ts/xds-types';
import { decodeDeltaRequest, encodeDeltaRequest, type DeltaRequestFields } from '../wire/request.js';
import { decodeDeltaResponse, type DeltaResponse } from '../wire/response.js';
import { TypeUrl } from '../type-order.js';
import { modelSet } from './model-envoy.test-support.js';
import { ServerSession, type RequestOutcome } from './server-session.js';

/** A delta stream in a test: requests and responses pass through their wire form. */
export class Conversation {
  readonly clock = new HeldClock(1_000_000);
  readonly session = new ServerSession({ variant: 'delta', clock: this.clock, noncePrefix: 'n' });

  targets(sets: Readonly<Record<string, ResourceSet>>): void {
    this.session.setTargets(new Map(Object.entries(sets)));
  }

  send(request: DeltaRequestFields): RequestOutcome {
    return this.session.receive(decodeDeltaRequest(encodeDeltaRequest(request)));
  }

  /** The next response, sent; undefined when the server is quiet. */
  next(): DeltaResponse | undefined {
    const prepared = this.session.next();
    if (prepared === undefined) return undefined;
    this.session.commit(prepared);
    return decodeDeltaResponse(Buffer.concat(prepared.pieces));
  }

  expectNext(): DeltaResponse {
    const response = this.next();
    if (response === undefined) throw new Error('expected a response, the server is quiet');
    return response;
  }

  ack({ typeUrl, nonce }: DeltaResponse): RequestOutcome {
    return this.send({ typeUrl, nonce });
  }

  nack({ typeUrl, nonce }: DeltaResponse, message: string): RequestOutcome {
    return this.send({ typeUrl, nonce, error: { code: 13, message } });
  }
}

export function names(response: DeltaResponse | undefined): readonly string[] | undefined {
  return response?.resources.map(({ name }) => name);
}

/** A proxy that holds a cluster `a`, a listener `l` and a route `r`, each in its first revision. */
export function syncedProxy(): Conversation {
  const talk = new Conversation();
  const { Cluster, Listener, Route } = TypeUrl;
  talk.targets({
    [Cluster]: modelSet(Cluster, { a: { revision: 1 } }),
    [Listener]: modelSet(Listener, { l: { revision: 1 } }),
    [Route]: modelSet(Route, { r: { revision: 1 } }),
  });
  for (const request of [{ typeUrl: Cluster }, { typeUrl: Listener }, { typeUrl: Route, subscribe: ['r'] }]) {
    talk.send(request);
    talk.ack(talk.expectNext());
  }
  return talk;
}
