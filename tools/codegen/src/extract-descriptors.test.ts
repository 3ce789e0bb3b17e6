import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { outlineDescriptor, splitDescriptorSet } from './descriptor-outline.mjs';
import { dependencyClosure, encodeDescriptorSet, extractDescriptors } from './extract-descriptors.mjs';
import { expandEntries, meshProtos } from './mesh-protos.mjs';
import { findPinnedEnvoy } from './pinned-envoy.mjs';

function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.of((number << 3) | 2, bytes.length), bytes]);
}

/** A descriptor of a file with one empty message. */
function descriptor(name: string, imports: readonly string[] = []): Buffer {
  return Buffer.concat([
    field(1, name),
    field(2, 'test'),
    ...imports.map((path) => field(3, path)),
    field(4, field(1, 'Message')),
    field(12, 'proto3'),
  ]);
}

describe('in a made-up program', () => {
  const a = descriptor('test/a.proto');
  const b = descriptor('test/b.proto', ['test/a.proto']);
  const noise = Buffer.from('\n\0some text about test/a.proto and more\xff');

  test('descriptors are found between other bytes, with their exact ends', () => {
    const found = extractDescriptors(Buffer.concat([noise, a, Buffer.alloc(3), b, noise]));
    expect([...found.keys()].sort()).toEqual(['test/a.proto', 'test/b.proto']);
    expect(found.get('test/a.proto')?.bytes).toEqual(a);
    expect(found.get('test/b.proto')).toMatchObject({ bytes: b, dependencies: ['test/a.proto'] });
  });

  test('two descriptors without a gap are told apart', () => {
    const found = extractDescriptors(Buffer.concat([b, a]));
    expect(found.get('test/b.proto')?.bytes).toEqual(b);
    expect(found.get('test/a.proto')?.bytes).toEqual(a);
  });

  test('the longest reading of a name wins over a mention of it', () => {
    const mention = field(1, 'test/a.proto');
    expect(extractDescriptors(Buffer.concat([mention, noise, a])).get('test/a.proto')?.bytes).toEqual(a);
  });

  test('a closure puts imports first and names what is missing', () => {
    const found = extractDescriptors(Buffer.concat([b, a]));
    expect(dependencyClosure(found, ['test/b.proto']).map(({ name }) => name)).toEqual([
      'test/a.proto',
      'test/b.proto',
    ]);
    found.delete('test/a.proto');
    expect(() => dependencyClosure(found, ['test/b.proto'])).toThrow(
      'does not carry test/a.proto, which test/b.proto needs',
    );
  });

  test('a descriptor set is read back as it was written', () => {
    const files = dependencyClosure(extractDescriptors(Buffer.concat([b, a])), ['test/b.proto']);
    const split = splitDescriptorSet(encodeDescriptorSet(files));
    expect(split.map(outlineDescriptor)).toEqual([
      { name: 'test/a.proto', packageName: 'test', messages: ['Message'] },
      { name: 'test/b.proto', packageName: 'test', messages: ['Message'] },
    ]);
  });

  test('an entry that means no file is an error, not an empty list', () => {
    expect(expandEntries(['test/'], ['test/a.proto', 'other/b.proto'])).toEqual(['test/a.proto']);
    expect(() => expandEntries(['tset/'], ['test/a.proto'])).toThrow(
      'no file of the Envoy binary matches tset/',
    );
  });
});

describe('in the pinned Envoy', () => {
  let found: ReturnType<typeof extractDescriptors>;
  beforeAll(async () => {
    found = extractDescriptors(await readFile(await findPinnedEnvoy()));
  });

  test('there are more than 500 files, each with all that it imports', () => {
    expect(found.size).toBeGreaterThan(500);
    expect(dependencyClosure(found, found.keys())).toHaveLength(found.size);
  });

  test('every descriptor is whole to its last byte', () => {
    const outlines = splitDescriptorSet(encodeDescriptorSet(found.values())).map(outlineDescriptor);
    expect(outlines.map(({ name }) => name)).toEqual([...found.keys()]);
    const core = outlines.find(({ name }) => name === 'envoy/config/core/v3/base.proto');
    expect(core).toMatchObject({ packageName: 'envoy.config.core.v3' });
    expect(core?.messages).toContain('Node');
  });

  test('every file that a mesh needs is there', () => {
    expect(expandEntries(meshProtos, found.keys()).length).toBeGreaterThan(200);
  });
});
