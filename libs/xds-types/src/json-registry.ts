import { createFileRegistry, fromBinary, type Registry } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { descriptors } from '../gen/descriptors.js';

let registry: Registry | undefined;

/** Reflection over everything the pinned Envoy speaks. Decoded on first use (some 100 ms), then kept. */
export function jsonRegistry(): Registry {
  registry ??= createFileRegistry(fromBinary(FileDescriptorSetSchema, Buffer.from(descriptors, 'base64')));
  return registry;
}
