import { expect, test } from 'vitest';
import { encodeDeltaResponse } from '@istio-ts/xds-protocol';
import { createCatalog } from './catalog.js';
import { typeUrlOf } from './discovery-types.js';
import { ResponseReader } from './response-reader.js';
import { scanHead } from './response-scan.js';

function response(nonce: string, version: string): Buffer {
  const typeUrl = typeUrlOf.eds;
  const resources = ['a', 'b'].map((name) => ({ name, version, typeUrl, bytes: Buffer.alloc(5000) }));
  return encodeDeltaResponse({ typeUrl, nonce, systemVersion: nonce, resources, removed: ['gone'] });
}

test('the same resources under another nonce are not read again, other versions are', () => {
  const catalog = createCatalog();
  const reader = new ResponseReader(catalog);
  const read = (message: Buffer) => reader.read('eds', message, scanHead(message));
  const first = read(response('1', 'v1'));
  expect(first.names.map((name) => catalog.eds.names.text(name))).toEqual(['a', 'b']);
  expect(first.removed.map((name) => catalog.eds.names.text(name))).toEqual(['gone']);
  expect(read(response('22', 'v1'))).toBe(first);
  const changed = read(response('3', 'v2'));
  expect(changed.versions.map((version) => catalog.eds.versions.text(version))).toEqual(['v2', 'v2']);
});

test('nonce and type are found in front of the resources and behind them', () => {
  const message = response('n', 'v');
  const { start } = scanHead(message);
  const turned = Buffer.concat([message.subarray(start), message.subarray(0, start)]);
  expect(scanHead(message)).toMatchObject({ nonce: 'n', typeUrl: typeUrlOf.eds });
  expect(scanHead(turned)).toMatchObject({ nonce: 'n', typeUrl: typeUrlOf.eds, start: 0 });
});
