import { create, createFileRegistry, fromBinary, type DescMessage, type Registry } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { descriptors } from '../gen/descriptors.js';

let known: Registry | undefined;
let tolerant: Registry | undefined;

/** Reflection over everything the pinned Envoy speaks. Decoded on first use (some 100 ms), then kept. */
export function knownMessages(): Registry {
  known ??= createFileRegistry(fromBinary(FileDescriptorSetSchema, Buffer.from(descriptors, 'base64')));
  return known;
}

/** As `knownMessages`, in which every other name is a message without fields: one unknown Any must not spoil a whole dump. */
export function knownAndUnknownMessages(): Registry {
  const registry = knownMessages();
  const getMessage = (name: string): DescMessage | undefined =>
    registry.getMessage(name) ?? messageWithoutFields(name);
  tolerant ??= Object.create(registry, { getMessage: { value: getMessage } }) as Registry;
  return tolerant;
}

function messageWithoutFields(fullName: string): DescMessage | undefined {
  const dot = fullName.lastIndexOf('.');
  const file = create(FileDescriptorProtoSchema, {
    name: `${fullName}.proto`,
    package: fullName.slice(0, Math.max(dot, 0)),
    syntax: 'proto3',
    messageType: [{ name: fullName.slice(dot + 1) }],
  });
  return createFileRegistry(file, () => undefined).getMessage(fullName);
}
