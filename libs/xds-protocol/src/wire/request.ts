import { Digest } from './digest.js';
import { bytesField, scanFields, varintField } from './fields.js';

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
  const subscribe: Buffer[] = [];
  const unsubscribe: string[] = [];
  const initial: Buffer[] = [];
  scanFields(message, ({ number, bytes }) => {
    if (number === 1) node = bytes;
    else if (number === 2) base.typeUrl = bytes.toString('utf8');
    else if (number === 3) subscribe.push(bytes);
    else if (number === 4) unsubscribe.push(bytes.toString('utf8'));
    else if (number === 5) initial.push(bytes);
    else if (number === 6) base.nonce = bytes.toString('utf8');
    else if (number === 7) base.error = decodeError(bytes);
  });
  const lists = { subscribe: nameList(subscribe), unsubscribe, initialVersions: heldVersions(initial) };
  return { variant: 'delta', ...base, node, ...lists };
}

export function decodeSotwRequest(message: Uint8Array): SotwRequest {
  const base = { typeUrl: '', nonce: '', version: '', error: undefined as ErrorDetail | undefined };
  let node: Uint8Array | undefined;
  const names: Buffer[] = [];
  scanFields(message, ({ number, bytes }) => {
    if (number === 1) base.version = bytes.toString('utf8');
    else if (number === 2) node = bytes;
    else if (number === 3) names.push(bytes);
    else if (number === 4) base.typeUrl = bytes.toString('utf8');
    else if (number === 5) base.nonce = bytes.toString('utf8');
    else if (number === 6) base.error = decodeError(bytes);
  });
  return { variant: 'sotw', ...base, node, names: nameList(names) };
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

function decodeError(status: Buffer): ErrorDetail {
  const error = { code: 0, message: '' };
  scanFields(status, ({ number, bytes, varint }) => {
    if (number === 1) error.code = varint;
    else if (number === 2) error.message = bytes.toString('utf8');
  });
  return error;
}

function nameList(names: readonly Buffer[]): NameList {
  const digest = new Digest();
  for (const name of names) digest.add(name);
  return {
    count: names.length,
    digest: digest.render(),
    decode: () => names.map((name) => name.toString('utf8')),
  };
}

function heldVersions(entries: readonly Buffer[]): HeldVersions {
  const digest = new Digest();
  for (const entry of entries) {
    const { key, value } = splitEntry(entry);
    digest.add(key, value);
  }
  return {
    count: entries.length,
    digest: digest.render(),
    decode: () =>
      new Map(
        entries.map((entry) => {
          const { key, value } = splitEntry(entry);
          return [key.toString('utf8'), value.toString('utf8')] as const;
        }),
      ),
  };
}

function splitEntry(entry: Buffer): { readonly key: Buffer; readonly value: Buffer } {
  const found: { key: Buffer; value: Buffer } = { key: Buffer.alloc(0), value: Buffer.alloc(0) };
  scanFields(entry, ({ number, bytes }) => {
    if (number === 1) found.key = bytes;
    else if (number === 2) found.value = bytes;
  });
  return found;
}
