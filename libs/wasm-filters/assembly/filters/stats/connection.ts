import { property, readFlag, readProperty } from '../../abi/property';
import { Slice } from '../../bytes/slice';
import { Cluster, ownPrincipal } from './cluster';
import { workloadOfEndpoint } from './peer-metadata';
import { NO_PRINCIPAL, principalOf, workloadOfPrincipal } from './principal';
import { Reporter, SeriesKey } from './series-key';
import { inSameNamespace, UNKNOWN_WORKLOAD } from './workload';

/** What the connection itself says of both sides: certificates, and the metadata of the chosen endpoint. */

const DOWNSTREAM_PEER = property('connection.uri_san_peer_certificate');
const DOWNSTREAM_OWN = property('connection.uri_san_local_certificate');
const DOWNSTREAM_MTLS = property('connection.mtls');
const UPSTREAM_PEER = property('upstream.uri_san_peer_certificate');
const ENDPOINT_WORKLOAD = property('xds.upstream_host_metadata.filter_metadata.istio.workload');

const uri = new Slice();
const endpoint = new Slice();
/** Every inbound connection shows the same certificate of ours, so it is read once. */
let ownInbound: i32 = NO_PRINCIPAL;

/** Fills in principals, security and peer. `told` is the workload that the peer's headers claim. */
export function readPeers(key: SeriesKey, told: i32, cluster: Cluster): void {
  if (key.reporter == Reporter.Destination) readDownstream(key, told);
  else readUpstream(key, told, cluster);
}

function readDownstream(key: SeriesKey, told: i32): void {
  key.sourcePrincipal = read(DOWNSTREAM_PEER);
  if (key.sourcePrincipal != NO_PRINCIPAL || readFlag(DOWNSTREAM_MTLS)) {
    if (ownInbound == NO_PRINCIPAL) ownInbound = read(DOWNSTREAM_OWN);
    key.destinationPrincipal = ownInbound;
    key.mutualTls = 1;
  }
  key.peer = believed(told, key.sourcePrincipal);
}

function readUpstream(key: SeriesKey, told: i32, cluster: Cluster): void {
  key.destinationPrincipal = read(UPSTREAM_PEER);
  if (key.destinationPrincipal != NO_PRINCIPAL) key.sourcePrincipal = ownPrincipal(cluster);
  key.peer = told;
  if (told != UNKNOWN_WORKLOAD) return;
  key.peer = readProperty(ENDPOINT_WORKLOAD, endpoint)
    ? workloadOfEndpoint(endpoint)
    : workloadOfPrincipal(key.destinationPrincipal);
}

/** A client may claim anything in a header, but not another namespace than its certificate's. */
function believed(told: i32, principal: i32): i32 {
  const proven = workloadOfPrincipal(principal);
  if (proven == UNKNOWN_WORKLOAD) return told;
  return told != UNKNOWN_WORKLOAD && inSameNamespace(told, proven) ? told : proven;
}

function read(path: Slice): i32 {
  return readProperty(path, uri) ? principalOf(uri) : NO_PRINCIPAL;
}
