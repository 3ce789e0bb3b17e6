import { Digest, type Range } from './digest.js';
import { bytesField, scanFields, textAt, varintField } from './fields.js';

/** Names as they stand in a request: decoded only where their digest says nothing. */
export interface NameList {
  readonly count: number;
  readonly digest: string;
  decode(): readonly string[];
}

/** `initial_resource_versions`: what a reconnecting client holds. */
export interface HeldVersions {
  readonly count: number;
  readonly digest: string;
  decode(): ReadonlyMap<string, string>;
}

/** Why a client rejected a response. */
export interface ErrorDetail {
  readonly code: number;
  readonly message: string;
}

interface RequestBase {
  readonly typeUrl: string;
  /** Empty on a first request. */
  readonly nonce: string;
  readonly error: ErrorDetail | undefined;
  /** Bytes of `envoy.config.core.v3.Node`, where the request carries one. */
  readonly node: Uint8Array | undefined;
}

export interface DeltaRequest extends RequestBase {
  readonly variant: 'delta';
  readonly subscribe: NameList;
  readonly unsubscribe: readonly string[];
  readonly initialVersions: HeldVersions;
}

export interface SotwRequest extends RequestBase {
  readonly variant: 'sotw';
  readonly version: string;
  readonly names: NameList;
}

export type XdsRequest = DeltaRequest | SotwRequest;

export function decodeDeltaRequest(message: Uint8Array): DeltaRequest {
  const base = { typeUrl: '', nonce: '', error: undefined as ErrorDetail | undefined };
  let node: Uint8Array | undefined;
  const subscribe: Range[] = [];
  const unsubscribe: string[] = [];
  const initial: Range[] = [];
  scanFields(message, (number, start, end) => {
    if (number === 3) subscribe.push({ start, end });
    else if (number === 5) initial.push({ start, end });
    else if (number === 1) node = message.subarray(start, end);
    else if (number === 2) base.typeUrl = textAt(message, start, end);
    else if (number === 4) unsubscribe.push(textAt(message, start, end));
    else if (number === 6) base.nonce = textAt(message, start, end);
    else if (number === 7) base.error = decodeError(message, { start, end });
  });
  return {
    variant: 'delta',
    ...base,
    node,
    subscribe: nameList(message, subscribe),
    unsubscribe,
    initialVersions: heldVersions(message, initial),
  };
}

export function decodeSotwRequest(message: Uint8Array): SotwRequest {
  const base = { typeUrl: '', nonce: '', version: '', error: undefined as ErrorDetail | undefined };
  let node: Uint8Array | undefined;
  const names: Range[] = [];
  scanFields(message, (number, start, end) => {
    if (number === 1) base.version = textAt(message, start, end);
    else if (number === 2) node = message.subarray(start, end);
    else if (number === 3) names.push({ start, end });
    else if (number === 4) base.typeUrl = textAt(message, start, end);
    else if (number === 5) base.nonce = textAt(message, start, end);
    else if (number === 6) base.error = decodeError(message, { start, end });
  });
  return { variant: 'sotw', ...base, node, names: nameList(message, names) };
}

/** What a client says on a delta stream; everything but the type may be left out. */
export interface DeltaRequestFields {
  readonly typeUrl: string;
  readonly nonce?: string;
  readonly error?: ErrorDetail;
  readonly node?: Uint8Array;
  readonly subscribe?: readonly string[];
  readonly unsubscribe?: readonly string[];
  readonly initialVersions?: ReadonlyMap<string, string>;
}

export function encodeDeltaRequest(request: DeltaRequestFields): Buffer {
  const versions = [...(request.initialVersions ?? [])].map(([name, version]) =>
    bytesField(5, Buffer.concat([bytesField(1, name), bytesField(2, version)])),
  );
  return Buffer.concat([
    bytesField(1, request.node ?? ''),
    bytesField(2, request.typeUrl),
    ...(request.subscribe ?? []).map((name) => bytesField(3, name)),
    ...(request.unsubscribe ?? []).map((name) => bytesField(4, name)),
    ...versions,
    bytesField(6, request.nonce ?? ''),
    encodeError(7, request.error),
  ]);
}

/** What a client says on a state-of-the-world stream. */
export interface SotwRequestFields {
  readonly typeUrl: string;
  readonly version?: string;
  readonly nonce?: string;
  readonly error?: ErrorDetail;
  readonly node?: Uint8Array;
  readonly names?: readonly string[];
}

export function encodeSotwRequest(request: SotwRequestFields): Buffer {
  return Buffer.concat([
    bytesField(1, request.version ?? ''),
    bytesField(2, request.node ?? ''),
    ...(request.names ?? []).map((name) => bytesField(3, name)),
    bytesField(4, request.typeUrl),
    bytesField(5, request.nonce ?? ''),
    encodeError(6, request.error),
  ]);
}

function encodeError(number: number, error: ErrorDetail | undefined): Buffer {
  if (error === undefined) return Buffer.alloc(0);
  return bytesField(number, Buffer.concat([varintField(1, error.code), bytesField(2, error.message)]));
}

function decodeError(message: Uint8Array, { start, end }: Range): ErrorDetail {
  const error = { code: 0, message: '' };
  const visit = (number: number, from: number, to: number): void => {
    if (number === 1) error.code = from;
    else if (number === 2) error.message = textAt(message, from, to);
  };
  scanFields(message, visit, start, end);
  return error;
}

function nameList(message: Uint8Array, names: readonly Range[]): NameList {
  const digest = new Digest(message);
  for (const name of names) digest.add(name);
  return {
    count: names.length,
    digest: digest.render(),
    decode: () => names.map(({ start, end }) => textAt(message, start, end)),
  };
}

function heldVersions(message: Uint8Array, entries: readonly Range[]): HeldVersions {
  const digest = new Digest(message);
  const key = { start: 0, end: 0 };
  const value = { start: 0, end: 0 };
  const visit = (number: number, start: number, end: number): void => {
    const part = number === 1 ? key : value;
    part.start = start;
    part.end = end;
  };
  const read = (entry: Range): void => {
    key.start = key.end = value.start = value.end = 0;
    scanFields(message, visit, entry.start, entry.end);
  };
  for (const entry of entries) {
    read(entry);
    digest.add(key, value);
  }
  const decode = (entry: Range): readonly [string, string] => {
    read(entry);
    return [textAt(message, key.start, key.end), textAt(message, value.start, value.end)];
  };
  return { count: entries.length, digest: digest.render(), decode: () => new Map(entries.map(decode)) };
}
