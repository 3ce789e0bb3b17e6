import { readHeader } from '../../abi/headers';
import { property, readProperty } from '../../abi/property';
import { HeaderMap } from '../../abi/status';
import { NumberCache } from '../../bytes/number-cache';
import { findPair } from '../../bytes/pairs';
import { Slice, text } from '../../bytes/slice';
import { SymbolTable } from '../../bytes/symbol-table';
import { Writer } from '../../bytes/writer';
import { countOverflow } from './overflow';

/** The parts of a service, in the order in which its bytes hold them. */
export namespace ServicePart {
  export const Host: i32 = 0;
  export const Name: i32 = 1;
  export const Namespace: i32 = 2;
}

const LIMIT: i32 = 4096;
const CACHE_LIMIT: i32 = 1024;
const SEPARATOR: u8 = 0;

const CLUSTER_SERVICE = property('xds.cluster_metadata.filter_metadata.istio.services.0');
const CLUSTER_NAME = property('xds.cluster_name');
const AUTHORITY = text(':authority');
const HOST = text('host');
const NAME = text('name');
const NAMESPACE = text('namespace');
const BLACK_HOLE = text('BlackHoleCluster');
const PASSTHROUGH = text('PassthroughCluster');
const INBOUND_PASSTHROUGH = text('InboundPassthroughCluster');

const table = new SymbolTable(LIMIT);
const cache = new NumberCache(CACHE_LIMIT);
const metadata = new Slice();
const value = new Slice();
const host = new Slice();
const cluster = new Slice();
const bytes = new Writer();

/** Requests that reached no cluster, or one that tells nothing. */
export const NO_SERVICE: i32 = 0;
bytes.reset().byte(SEPARATOR).byte(SEPARATOR);
table.add(bytes.at, bytes.size);

/**
 * The service that the stream at hand goes to: what istiod wrote on the cluster; else the host header, where the
 * configuration allows that; clusters for traffic that belongs to no service lend their own name.
 */
export function currentService(hostFallback: bool): i32 {
  return readProperty(CLUSTER_SERVICE, metadata) ? fromMetadata() : fromHost(hostFallback);
}

export function servicePart(service: i32, part: i32, into: Slice): void {
  table.textOf(service, into);
  into.part(SEPARATOR, part, into);
}

function fromMetadata(): i32 {
  const known = cache.get(metadata);
  if (known >= 0) return known;
  bytes.reset();
  findPair(metadata, HOST, value);
  bytes.bytes(value).byte(SEPARATOR);
  findPair(metadata, NAME, value);
  bytes.bytes(value).byte(SEPARATOR);
  findPair(metadata, NAMESPACE, value);
  bytes.bytes(value);
  const service = intern();
  cache.put(metadata, service);
  return service;
}

function fromHost(hostFallback: bool): i32 {
  host.clear();
  if (hostFallback) readHeader(HeaderMap.Request, AUTHORITY, host);
  readProperty(CLUSTER_NAME, cluster);
  const named =
    cluster.equals(PASSTHROUGH) || cluster.equals(BLACK_HOLE) || cluster.equals(INBOUND_PASSTHROUGH);
  bytes
    .reset()
    .bytes(host)
    .byte(SEPARATOR)
    .bytes(named ? cluster : host)
    .byte(SEPARATOR);
  return intern();
}

function intern(): i32 {
  const id = table.intern(bytes.at, bytes.size);
  if (id < 0) countOverflow();
  return max(id, NO_SERVICE);
}
