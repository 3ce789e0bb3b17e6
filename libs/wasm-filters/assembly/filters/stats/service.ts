import { readHeader } from '../../abi/headers';
import { HeaderMap } from '../../abi/status';
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
/** So many of them may come from host headers, in which a caller writes what it likes. */
const HOST_LIMIT: i32 = 1024;
const SEPARATOR: u8 = 0;

const AUTHORITY = text(':authority');
const HOST = text('host');
const NAME = text('name');
const NAMESPACE = text('namespace');
const BLACK_HOLE = text('BlackHoleCluster');
const PASSTHROUGH = text('PassthroughCluster');
const INBOUND_PASSTHROUGH = text('InboundPassthroughCluster');

const table = new SymbolTable(LIMIT);
/** A byte for each service: whether only a host header names it. */
const fromHost: usize = heap.alloc(LIMIT);
let hosts: i32 = 0;
const value = new Slice();
const host = new Slice();
const bytes = new Writer();

/** Requests that reached no cluster, or one that tells nothing. */
export const NO_SERVICE: i32 = 0;
bytes.reset().byte(SEPARATOR).byte(SEPARATOR);
intern(false);

/** The service that istiod wrote on a cluster. */
export function serviceOfMetadata(metadata: Slice): i32 {
  bytes.reset();
  findPair(metadata, HOST, value);
  bytes.bytes(value).byte(SEPARATOR);
  findPair(metadata, NAME, value);
  bytes.bytes(value).byte(SEPARATOR);
  findPair(metadata, NAMESPACE, value);
  bytes.bytes(value);
  return intern(false);
}

/**
 * Where the cluster tells of no service: the host header, where the configuration allows that; clusters for traffic that
 * belongs to no service lend their own name.
 */
export function serviceOfHost(cluster: Slice, hostFallback: bool): i32 {
  host.clear();
  if (hostFallback) readHeader(HeaderMap.Request, AUTHORITY, host);
  const named =
    cluster.equals(PASSTHROUGH) || cluster.equals(BLACK_HOLE) || cluster.equals(INBOUND_PASSTHROUGH);
  bytes
    .reset()
    .bytes(host)
    .byte(SEPARATOR)
    .bytes(named ? cluster : host)
    .byte(SEPARATOR);
  return intern(host.size > 0);
}

export function servicePart(service: i32, part: i32, into: Slice): void {
  table.textOf(service, into);
  into.part(SEPARATOR, part, into);
}

/** Whether nobody but a caller says that there is such a service. */
export function isClaimedService(service: i32): bool {
  return load<u8>(fromHost + <usize>service) != 0;
}

function intern(claimed: bool): i32 {
  const known = table.find(bytes.at, bytes.size);
  if (known >= 0) return known;
  const id = claimed && hosts >= HOST_LIMIT ? -1 : table.add(bytes.at, bytes.size);
  if (id < 0) {
    countOverflow();
    return NO_SERVICE;
  }
  store<u8>(fromHost + <usize>id, claimed ? 1 : 0);
  if (claimed) hosts++;
  return id;
}
