import { memo } from '@istio-ts/foundation';
import type { EncodedResource } from '@istio-ts/xds-types';
import { bytesField, bytesHeader, scanFields, textAt } from './fields.js';

export type XdsVariant = 'delta' | 'sotw';

/**
 * The bytes in front of one resource inside a response; the resource's own bytes follow. In a delta response that is a
 * `Resource` with name, version and Any, in a state-of-the-world response the bare Any.
 */
export const resourceHeader = memo((resource: EncodedResource, variant: XdsVariant): Buffer => {
  const { name, version, typeUrl, bytes } = resource;
  const valueHeader = bytes.length === 0 ? Buffer.alloc(0) : bytesHeader(2, bytes.length);
  const anyHead = Buffer.concat([bytesField(1, typeUrl), valueHeader]);
  const anyLength = anyHead.length + bytes.length;
  if (variant === 'sotw') return Buffer.concat([bytesHeader(2, anyLength), anyHead]);
  const inner = Buffer.concat([
    bytesField(3, name),
    bytesField(1, version),
    bytesHeader(2, anyLength),
    anyHead,
  ]);
  return Buffer.concat([bytesHeader(2, inner.length + bytes.length), inner]);
});

/** `removed_resources` of a delta response. */
export function encodeRemoved(names: readonly string[]): Buffer {
  return Buffer.concat(names.map((name) => bytesField(6, name)));
}

/**
 * What one stream adds to a shared body: nonce, version and type. Put in front of the body it makes a whole response,
 * since protobuf concatenation is merge.
 */
export function encodePrefix(typeUrl: string, nonce: string, version: string): Buffer {
  return Buffer.concat([bytesField(1, version), bytesField(4, typeUrl), bytesField(5, nonce)]);
}

/** A resource as a client receives it. */
export interface ReceivedResource {
  readonly name: string;
  readonly version: string;
  readonly typeUrl: string;
  /** The value of its Any. */
  readonly bytes: Uint8Array;
}

export interface DeltaResponse {
  readonly typeUrl: string;
  readonly nonce: string;
  readonly systemVersion: string;
  readonly resources: readonly ReceivedResource[];
  readonly removed: readonly string[];
}

export function decodeDeltaResponse(message: Uint8Array): DeltaResponse {
  const head = { typeUrl: '', nonce: '', systemVersion: '' };
  const resources: ReceivedResource[] = [];
  const removed: string[] = [];
  scanFields(message, (number, start, end) => {
    if (number === 1) head.systemVersion = textAt(message, start, end);
    else if (number === 2) resources.push(decodeResource(message, start, end));
    else if (number === 4) head.typeUrl = textAt(message, start, end);
    else if (number === 5) head.nonce = textAt(message, start, end);
    else if (number === 6) removed.push(textAt(message, start, end));
  });
  return { ...head, resources, removed };
}

/** Parts of a delta response for another stream: what a relay sends on. */
export function encodeDeltaResponse(response: DeltaResponse): Buffer {
  const resources = response.resources.map((resource) => [
    resourceHeader({ ...resource, origins: [] }, 'delta'),
    resource.bytes,
  ]);
  return Buffer.concat([
    encodePrefix(response.typeUrl, response.nonce, response.systemVersion),
    ...resources.flat(),
    encodeRemoved(response.removed),
  ]);
}

export interface SotwResponse {
  readonly typeUrl: string;
  readonly nonce: string;
  readonly version: string;
  /** Values of the Anys. A state-of-the-world resource carries its name only inside. */
  readonly resources: readonly Uint8Array[];
}

export function decodeSotwResponse(message: Uint8Array): SotwResponse {
  const head = { typeUrl: '', nonce: '', version: '' };
  const resources: Uint8Array[] = [];
  scanFields(message, (number, start, end) => {
    if (number === 1) head.version = textAt(message, start, end);
    else if (number === 2) resources.push(decodeAny(message, start, end).bytes);
    else if (number === 4) head.typeUrl = textAt(message, start, end);
    else if (number === 5) head.nonce = textAt(message, start, end);
  });
  return { ...head, resources };
}

function decodeResource(message: Uint8Array, start: number, end: number): ReceivedResource {
  const resource = { name: '', version: '' };
  let any: DecodedAny = { typeUrl: '', bytes: new Uint8Array() };
  const visit = (number: number, from: number, to: number): void => {
    if (number === 1) resource.version = textAt(message, from, to);
    else if (number === 2) any = decodeAny(message, from, to);
    else if (number === 3) resource.name = textAt(message, from, to);
  };
  scanFields(message, visit, start, end);
  return { ...resource, ...any };
}

interface DecodedAny {
  typeUrl: string;
  bytes: Uint8Array;
}

function decodeAny(message: Uint8Array, start: number, end: number): DecodedAny {
  const any: DecodedAny = { typeUrl: '', bytes: new Uint8Array() };
  const visit = (number: number, from: number, to: number): void => {
    if (number === 1) any.typeUrl = textAt(message, from, to);
    else if (number === 2) any.bytes = message.subarray(from, to);
  };
  scanFields(message, visit, start, end);
  return any;
}
