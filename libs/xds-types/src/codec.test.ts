import { expect, test } from 'vitest';
import {
  core,
  durationFromMs,
  durationToMs,
  google,
  grpcService,
  discovery,
  istioCa,
  type MessageFns,
  nameTable,
  structFromJson,
  structToJson,
} from '../dist/index.js';
import { codecs } from '../dist/registry.js';

function encoded(metadata: core.Metadata): string {
  return Buffer.from(core.Metadata.encode(metadata).finish()).toString('hex');
}

test('equal maps have equal bytes, whatever the order of insertion', () => {
  const a = core.Metadata.create({
    filterMetadata: { b: { y: 1, x: [{ q: 1, p: 2 }] }, a: {}, '10': {}, '9': {} },
  });
  const b = core.Metadata.create({
    filterMetadata: { '9': {}, '10': {}, a: {}, b: { x: [{ p: 2, q: 1 }], y: 1 } },
  });
  expect(encoded(a)).toBe(encoded(b));
});

test('map entries follow the order of their keys on the wire', () => {
  const bytes = google.Struct.encode(structFromJson({ b: true, '9': true, a: true, '10': true })).finish();
  const keys = [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\n[\x01\x02]([a-z0-9]+)\x12/g),
  ].map((match) => match[1]);
  expect(keys).toEqual(['10', '9', 'a', 'b']);
});

test('create shares nested messages, fromPartial fills in all levels', () => {
  const locality = core.Locality.create({ region: 'eu' });
  expect(core.Node.create({ locality }).locality).toBe(locality);
  expect(core.Node.fromPartial({ locality: { region: 'eu' } }).locality).toEqual({
    region: 'eu',
    zone: '',
    subZone: '',
  });
});

test('a struct holds plain JSON, both ways', () => {
  const json = {
    text: 'a',
    number: 1.5,
    yes: true,
    nothing: null,
    list: [1, 'b', { c: [] }],
    object: { d: {} },
  };
  const bytes = google.Struct.encode(structFromJson(json)).finish();
  expect(structToJson(google.Struct.decode(bytes))).toEqual(json);
});

test.each([
  [0, { seconds: 0, nanos: 0 }],
  [1500, { seconds: 1, nanos: 500_000_000 }],
  [0.25, { seconds: 0, nanos: 250_000 }],
  [-1500, { seconds: -1, nanos: -500_000_000 }],
])('%d ms is a duration and back', (ms, duration) => {
  expect(durationFromMs(ms)).toEqual(duration);
  expect(durationToMs(duration)).toBe(ms);
});

test('every codec of the registry makes, writes and reads its message', () => {
  expect(Object.keys(codecs).length).toBeGreaterThan(700);
  for (const [name, codec] of Object.entries<MessageFns<unknown, string>>({ ...codecs })) {
    expect(codec.$type).toBe(name);
    expect(codec.encode(codec.fromPartial({})).finish()).toHaveLength(0);
    expect(codec.decode(new Uint8Array())).toEqual(codec.create());
  }
});

test('the certificate service is spoken as Istio speaks it', () => {
  const { createCertificate } = grpcService(istioCa.IstioCertificateServiceDefinition);
  expect(createCertificate.path).toBe('/istio.v1.auth.IstioCertificateService/CreateCertificate');
  const request = istioCa.IstioCertificateRequest.create({
    csr: 'c',
    validityDuration: 86400,
    metadata: { a: 'b' },
  });
  const bytes = createCertificate.requestSerialize(request);
  expect(bytes.toString('hex')).toBe('0a01631880a305220a0a080a01611203' + '1a0162');
  expect(createCertificate.requestDeserialize(bytes)).toEqual(request);
});

test('a streaming service says so', () => {
  const ads = grpcService(discovery.AggregatedDiscoveryServiceDefinition);
  expect(ads.deltaAggregatedResources).toMatchObject({
    path: '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources',
    requestStream: true,
    responseStream: true,
  });
});

test('a name table goes over the wire', () => {
  const table = nameTable.NameTable.fromPartial({
    table: { 'web.shop': { ips: ['10.1.2.3'], shortname: 'web' } },
  });
  expect(nameTable.NameTable.decode(nameTable.NameTable.encode(table).finish())).toEqual(table);
});
