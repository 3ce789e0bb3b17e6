import { discovery } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { TypeLedger } from './type-ledger.js';

const typeUrl = 'type.googleapis.com/test.Type';

function request(fields: Partial<discovery.DeltaDiscoveryRequest>): discovery.DeltaDiscoveryRequest {
  return discovery.DeltaDiscoveryRequest.create({ typeUrl, ...fields });
}

function response(
  nonce: string,
  versions: Readonly<Record<string, string>>,
  removed: readonly string[] = [],
): discovery.DeltaDiscoveryResponse {
  const resources = Object.entries(versions).map(([name, version]) =>
    discovery.Resource.create({ name, version }),
  );
  return discovery.DeltaDiscoveryResponse.create({ typeUrl, nonce, resources, removedResources: removed });
}

const rejection = { code: 13, message: 'no', details: [] };

describe('what the relay knows of a type', () => {
  it('states after a reconnect what Envoy acknowledged, and asks as a wildcard again', () => {
    const ledger = new TypeLedger(typeUrl);
    ledger.takeRequest(request({}), 1);
    ledger.takeResponse(response('a', { x: '1', y: '1' }), 1);
    ledger.takeRequest(request({ responseNonce: 'a' }), 1);
    ledger.takeResponse(response('b', { x: '2' }, ['y']), 1);
    expect(ledger.resume().initialResourceVersions).toEqual({ x: '1', y: '1' });
    ledger.takeRequest(request({ responseNonce: 'b' }), 1);
    expect(ledger.resume()).toMatchObject({
      initialResourceVersions: { x: '2' },
      resourceNamesSubscribe: [],
    });
  });

  it('repeats the names of a subscription, without those that were given up', () => {
    const ledger = new TypeLedger(typeUrl);
    ledger.takeRequest(request({ resourceNamesSubscribe: ['x', 'y'] }), 1);
    ledger.takeResponse(response('a', { x: '1', y: '1' }), 1);
    ledger.takeRequest(request({ responseNonce: 'a' }), 1);
    ledger.takeRequest(request({ resourceNamesUnsubscribe: ['y'], resourceNamesSubscribe: ['z'] }), 1);
    expect(ledger.resume()).toMatchObject({
      initialResourceVersions: { x: '1' },
      resourceNamesSubscribe: ['x', 'z'],
    });
  });

  it('names the wildcard where other names were added to it', () => {
    const ledger = new TypeLedger(typeUrl);
    ledger.takeRequest(request({}), 1);
    ledger.takeRequest(request({ resourceNamesSubscribe: ['x'] }), 1);
    expect(ledger.resume().resourceNamesSubscribe).toEqual(['*', 'x']);
  });

  it('asks again for what Envoy rejected, since it may hold part of it', () => {
    const ledger = new TypeLedger(typeUrl);
    ledger.takeRequest(request({}), 1);
    ledger.takeResponse(response('a', { x: '1' }), 1);
    ledger.takeRequest(request({ responseNonce: 'a' }), 1);
    ledger.takeResponse(response('b', { x: '2' }), 1);
    expect(ledger.takeRequest(request({ responseNonce: 'b', errorDetail: rejection }), 1)).toBeDefined();
    expect(ledger.resume().initialResourceVersions).toEqual({ x: '' });
  });

  it('keeps an acknowledgement from a connection that the response did not come from', () => {
    const ledger = new TypeLedger(typeUrl);
    ledger.takeRequest(request({}), 1);
    ledger.takeResponse(response('1', { x: '1' }), 1);
    expect(ledger.takeRequest(request({ responseNonce: '1' }), 2)).toBeUndefined();
    expect(ledger.resume().initialResourceVersions).toEqual({ x: '1' });
  });

  it('lets a change of subscription through without the nonce of the connection before', () => {
    const ledger = new TypeLedger(typeUrl);
    ledger.takeRequest(request({ resourceNamesSubscribe: ['x'] }), 1);
    ledger.takeResponse(response('1', { x: '1' }), 1);
    const onward = ledger.takeRequest(request({ responseNonce: '1', resourceNamesSubscribe: ['y'] }), 2);
    expect(onward).toEqual(request({ resourceNamesSubscribe: ['y'] }));
  });

  it('believes what Envoy states when it comes back itself', () => {
    const ledger = new TypeLedger(typeUrl);
    ledger.takeRequest(request({ initialResourceVersions: { x: '7' } }), 1);
    expect(ledger.resume().initialResourceVersions).toEqual({ x: '7' });
  });
});
