import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortedMap } from '@istio-ts/foundation';
import { nameDigest, setDigest } from '../resource-sets.js';
import { decodeDeltaRequest, encodeDeltaRequest } from './request.js';
import { decodeDeltaResponse, encodeDeltaResponse } from './response.js';

const text = fc.string({ minLength: 1, maxLength: 200 });

test('a delta request comes back as it was written', () => {
  fc.assert(
    fc.property(text, fc.array(text), fc.dictionary(text, text), (nonce, names, versions) => {
      const initialVersions = new Map(Object.entries(versions));
      const error = { code: 13, message: nonce };
      const fields = { typeUrl: 'T', nonce, error, subscribe: names, unsubscribe: names, initialVersions };
      const read = decodeDeltaRequest(encodeDeltaRequest(fields));
      expect(read).toMatchObject({ typeUrl: 'T', nonce, error, unsubscribe: names });
      expect(read.subscribe.decode()).toEqual(names);
      expect(read.initialVersions.decode()).toEqual(initialVersions);
    }),
  );
});

test('the digests of a request and of a set agree exactly when the contents do', () => {
  fc.assert(
    fc.property(fc.dictionary(text, text), fc.dictionary(text, text), (held, other) => {
      const set = SortedMap.from(
        Object.entries(other).map(
          ([name, version]) =>
            [name, { name, version, typeUrl: 'T', bytes: Buffer.alloc(0), origins: [] }] as const,
        ),
      );
      const names = Object.keys(held).reverse();
      const initialVersions = new Map(names.map((name) => [name, held[name] ?? '']));
      const read = decodeDeltaRequest(
        encodeDeltaRequest({ typeUrl: 'T', subscribe: names, initialVersions }),
      );
      const sameNames =
        JSON.stringify(Object.keys(held).sort()) === JSON.stringify(Object.keys(other).sort());
      const same = sameNames && names.every((name) => held[name] === other[name]);
      expect(read.subscribe.digest === nameDigest(set)).toBe(sameNames);
      expect(read.initialVersions.digest === setDigest(set)).toBe(same);
    }),
  );
});

test('a response is decoded into its parts and encoded again', () => {
  const resource = { name: 'a', version: '1', typeUrl: 'T', bytes: Buffer.from('bytes') };
  const response = {
    typeUrl: 'T',
    nonce: 'n',
    systemVersion: 'v',
    resources: [resource],
    removed: ['b', 'c'],
  };
  expect(decodeDeltaResponse(encodeDeltaResponse(response))).toEqual(response);
});

test('bytes that are no message are refused with words', () => {
  expect(() => decodeDeltaRequest(Buffer.from([0x0a, 0xff]))).toThrow('no protobuf message');
});
