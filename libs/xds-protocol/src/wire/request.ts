import { bytesField, scanFields, textAt, varintField } from './fields.js';
import { NamesInPlace, VersionsInPlace, type HeldVersions, type NameList } from './in-place.js';

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
  const subscribe = new NamesInPlace(message, 3);
  const unsubscribe: string[] = [];
  const initialVersions = new VersionsInPlace(message, 5);
  scanFields(message, (number, start, end) => {
    if (number === 3) subscribe.add(start, end);
    else if (number === 5) initialVersions.add(start, end);
    else if (number === 1) node = message.subarray(start, end);
    else if (number === 2) base.typeUrl = textAt(message, start, end);
    else if (number === 4) unsubscribe.push(textAt(message, start, end));
    else if (number === 6) base.nonce = textAt(message, start, end);
    else if (number === 7) base.error = decodeError(message, start, end);
  });
  return { variant: 'delta', ...base, node, subscribe, unsubscribe, initialVersions };
}

export function decodeSotwRequest(message: Uint8Array): SotwRequest {
  const base = { typeUrl: '', nonce: '', version: '', error: undefined as ErrorDetail | undefined };
  let node: Uint8Array | undefined;
  const names = new NamesInPlace(message, 3);
  scanFields(message, (number, start, end) => {
    if (number === 1) base.version = textAt(message, start, end);
    else if (number === 2) node = message.subarray(start, end);
    else if (number === 3) names.add(start, end);
    else if (number === 4) base.typeUrl = textAt(message, start, end);
    else if (number === 5) base.nonce = textAt(message, start, end);
    else if (number === 6) base.error = decodeError(message, start, end);
  });
  return { variant: 'sotw', ...base, node, names };
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

function decodeError(message: Uint8Array, start: number, end: number): ErrorDetail {
  const error = { code: 0, message: '' };
  const visit = (number: number, from: number, to: number): void => {
    if (number === 1) error.code = from;
    else if (number === 2) error.message = textAt(message, from, to);
  };
  scanFields(message, visit, start, end);
  return error;
}
