import { decodeBase64, encodeBase64 } from '../../bytes/base64';
import { NumberCache } from '../../bytes/number-cache';
import { FieldReader, writeField } from '../../bytes/protobuf';
import { Slice, text } from '../../bytes/slice';
import { Writer } from '../../bytes/writer';
import { draft, Part, UNKNOWN_WORKLOAD } from './workload';

/**
 * What two proxies tell each other of their workloads: a google.protobuf.Struct in base64, as Istio's own proxies
 * write and read it, so that both can live in one mesh.
 */

const CACHE_LIMIT: i32 = 1024;
/** A longer header is nobody's metadata. */
const LONGEST: usize = 16 * 1024;
const FIELDS: u32 = 1;
const KEY: u32 = 1;
const VALUE: u32 = 2;
const STRING_VALUE: u32 = 3;
const STRUCT_VALUE: u32 = 5;
const SEMICOLON: u8 = 59;

export const LABELS = text('LABELS');
const NAMESPACE = text('NAMESPACE');
const WORKLOAD_NAME = text('WORKLOAD_NAME');
const CLUSTER_ID = text('CLUSTER_ID');
const APP = text('app');
const VERSION = text('version');
const CANONICAL_NAME = text('service.istio.io/canonical-name');
const CANONICAL_REVISION = text('service.istio.io/canonical-revision');

const headers = new NumberCache(CACHE_LIMIT);
const endpoints = new NumberCache(CACHE_LIMIT);
const decoded = new Writer();
const key = new Slice();
const part = new Slice();
const outer = new FieldReader();
const inner = new FieldReader();
const entry = new FieldReader();
const valueReader = new FieldReader();

/** Collects the fields of a Struct; `encode` makes a header value of them. */
@unmanaged
export class StructWriter {
  fields: Writer = new Writer();
  private value: Writer = new Writer();
  private entry: Writer = new Writer();
  private bytes: Slice = new Slice();

  text(name: Slice, value: Slice): void {
    if (value.size > 0) this.add(name, STRING_VALUE, value);
  }

  struct(name: Slice, value: StructWriter): void {
    this.bytes.set(value.fields.at, value.fields.size);
    this.add(name, STRUCT_VALUE, this.bytes);
  }

  encode(into: Writer): void {
    this.bytes.set(this.fields.at, this.fields.size);
    encodeBase64(this.bytes, into);
  }

  private add(name: Slice, kind: u32, content: Slice): void {
    writeField(this.value.reset(), kind, content);
    writeField(this.entry.reset(), KEY, name);
    this.bytes.set(this.value.at, this.value.size);
    writeField(this.entry, VALUE, this.bytes);
    this.bytes.set(this.entry.at, this.entry.size);
    writeField(this.fields, FIELDS, this.bytes);
  }
}

/** The workload of a `x-envoy-peer-metadata` header; unknown where it cannot be read. */
export function workloadOfHeader(header: Slice): i32 {
  if (header.size > LONGEST) return UNKNOWN_WORKLOAD;
  const known = headers.get(header);
  if (known >= 0) return known;
  decoded.reset();
  draft.clear();
  const readable = decodeBase64(header, decoded) && readStruct();
  const workload = readable ? draft.internClaim() : UNKNOWN_WORKLOAD;
  headers.put(header, workload);
  return workload;
}

/** The workload of an endpoint's metadata: `workload;namespace;canonical name;canonical revision;cluster`. */
export function workloadOfEndpoint(metadata: Slice): i32 {
  const known = endpoints.get(metadata);
  if (known >= 0) return known;
  draft.clear();
  for (let index = Part.Name; index <= Part.CanonicalRevision; index++) setPart(metadata, index, index);
  setPart(metadata, 4, Part.Cluster);
  const workload = draft.intern();
  endpoints.put(metadata, workload);
  return workload;
}

function setPart(metadata: Slice, index: i32, as: i32): void {
  metadata.part(SEMICOLON, index, part);
  draft.set(as, part.at, part.size);
}

function readStruct(): bool {
  outer.open(decoded.at, decoded.size);
  while (outer.next()) {
    if (outer.number != FIELDS || !readEntry(outer)) continue;
    if (valueReader.number == STRUCT_VALUE && key.equals(LABELS)) readLabels();
    else if (key.equals(WORKLOAD_NAME)) setValue(Part.Name);
    else if (key.equals(NAMESPACE)) setValue(Part.Namespace);
    else if (key.equals(CLUSTER_ID)) setValue(Part.Cluster);
  }
  return !outer.broken;
}

function readLabels(): void {
  inner.open(valueReader.valueAt, valueReader.valueSize);
  while (inner.next()) {
    if (inner.number != FIELDS || !readEntry(inner)) continue;
    if (key.equals(APP)) setValue(Part.App);
    else if (key.equals(VERSION)) setValue(Part.Version);
    else if (key.equals(CANONICAL_NAME)) setValue(Part.CanonicalService);
    else if (key.equals(CANONICAL_REVISION)) setValue(Part.CanonicalRevision);
  }
}

/** Reads one entry of a map: the key into `key`, its value is then the field at hand of `valueReader`. */
function readEntry(from: FieldReader): bool {
  key.clear();
  valueReader.open(0, 0);
  entry.open(from.valueAt, from.valueSize);
  while (entry.next()) {
    if (entry.number == KEY) key.set(entry.valueAt, entry.valueSize);
    if (entry.number == VALUE) valueReader.open(entry.valueAt, entry.valueSize);
  }
  return valueReader.next();
}

function setValue(as: i32): void {
  if (valueReader.number == STRING_VALUE) draft.set(as, valueReader.valueAt, valueReader.valueSize);
}
