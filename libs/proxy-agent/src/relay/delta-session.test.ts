import { silentLogger } from '@istio-ts/foundation';
import { discovery } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { DeltaSession } from './delta-session.js';
import type { RelayInterceptor } from './relay-interceptor.js';

const typeUrl = 'type.googleapis.com/test.Type';
const { DeltaDiscoveryRequest, DeltaDiscoveryResponse, Resource } = discovery;

interface Ends {
  readonly session: DeltaSession;
  readonly toEnvoy: discovery.DeltaDiscoveryResponse[];
  readonly toControlPlane: discovery.DeltaDiscoveryRequest[];
  connect(): void;
  fromEnvoy(fields: Partial<discovery.DeltaDiscoveryRequest>): void;
  fromControlPlane(fields: Partial<discovery.DeltaDiscoveryResponse>): Promise<void>;
}

/** A session between two ends that keep what they were sent. */
function createEnds(interceptors: readonly RelayInterceptor[] = []): Ends {
  const toEnvoy: discovery.DeltaDiscoveryResponse[] = [];
  const toControlPlane: discovery.DeltaDiscoveryRequest[] = [];
  const envoy = {
    destroyed: false,
    write: (bytes: Buffer) => toEnvoy.push(DeltaDiscoveryResponse.decode(bytes)) > 0,
  };
  const nothing = (): void => undefined;
  const options = {
    interceptors,
    logger: silentLogger,
    onNode: nothing,
    onRequest: nothing,
    onResponse: nothing,
  };
  const session = new DeltaSession(envoy, options);
  return {
    session,
    toEnvoy,
    toControlPlane,
    connect: () => session.onOpen((bytes) => toControlPlane.push(DeltaDiscoveryRequest.decode(bytes))),
    fromEnvoy: (fields) => {
      const request = DeltaDiscoveryRequest.create({ typeUrl, ...fields });
      session.onEnvoyMessage(Buffer.from(DeltaDiscoveryRequest.encode(request).finish()));
    },
    fromControlPlane: (fields) => {
      const response = DeltaDiscoveryResponse.create({ typeUrl, ...fields });
      return session.onMessage(Buffer.from(DeltaDiscoveryResponse.encode(response).finish()));
    },
  };
}

const resource = (name: string, version: string): discovery.Resource => Resource.create({ name, version });

describe('a session of Envoy through the relay', () => {
  it('waits for the control plane, and then says everything at once, the node first', () => {
    const ends = createEnds();
    ends.fromEnvoy({ node: { ...emptyNode, id: 'me' } });
    ends.fromEnvoy({ typeUrl: 'other', resourceNamesSubscribe: ['x'] });
    ends.connect();
    expect(ends.toControlPlane.map((one) => [one.typeUrl, one.node?.id, one.resourceNamesSubscribe])).toEqual(
      [
        [typeUrl, 'me', []],
        ['other', undefined, ['x']],
      ],
    );
  });

  it('is resumed on a new connection with the node and what Envoy holds', async () => {
    const ends = createEnds();
    ends.connect();
    ends.fromEnvoy({ node: { ...emptyNode, id: 'me' } });
    await ends.fromControlPlane({ nonce: '1', resources: [resource('x', '1')] });
    ends.fromEnvoy({ responseNonce: '1' });
    ends.session.onLost();
    ends.connect();
    const resumed = ends.toControlPlane.at(-1);
    expect([resumed?.node?.id, resumed?.initialResourceVersions]).toEqual(['me', { x: '1' }]);
  });

  it('gives Envoy what an interceptor made of a response', async () => {
    const ends = createEnds([
      {
        kind: 'rewrite',
        typeUrl,
        rewrite: (response) =>
          Promise.resolve({ ...response, nonce: 'lost', resources: [resource('x', 'edited')] }),
      },
    ]);
    ends.connect();
    ends.fromEnvoy({});
    await ends.fromControlPlane({ nonce: '1', resources: [resource('x', '1')] });
    expect(ends.toEnvoy.map(({ nonce, resources }) => [nonce, resources[0]?.version])).toEqual([
      ['1', 'edited'],
    ]);
  });

  it('refuses for Envoy what an interceptor cannot use', async () => {
    const ends = createEnds([
      { kind: 'rewrite', typeUrl, rewrite: () => Promise.reject(new Error('no module')) },
    ]);
    ends.connect();
    ends.fromEnvoy({});
    await ends.fromControlPlane({ nonce: '1', resources: [resource('x', '1')] });
    const refusal = ends.toControlPlane.at(-1);
    expect([refusal?.responseNonce, refusal?.errorDetail?.message]).toEqual(['1', 'no module']);
    expect(ends.toEnvoy).toEqual([]);
  });

  it('lets the agent answer for a type that it owns', () => {
    const answer = DeltaDiscoveryResponse.create({ typeUrl, nonce: 'own' });
    const ends = createEnds([{ kind: 'own', typeUrl, take: (_request, respond) => respond(answer) }]);
    ends.connect();
    ends.fromEnvoy({});
    expect(ends.toControlPlane).toEqual([]);
    expect(ends.toEnvoy).toEqual([answer]);
  });
});

const emptyNode = {
  cluster: '',
  dynamicParameters: {},
  userAgentName: '',
  extensions: [],
  clientFeatures: [],
  listeningAddresses: [],
};
