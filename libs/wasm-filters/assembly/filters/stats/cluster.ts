import { nowNs } from '../../abi/clock';
import { property, readFlag, readProperty } from '../../abi/property';
import { Slice } from '../../bytes/slice';
import { SymbolTable } from '../../bytes/symbol-table';
import { NO_PRINCIPAL, principalOf } from './principal';
import { serviceOfHost, serviceOfMetadata } from './service';

/** The metadata of the cluster name no service. */
export const UNTOLD: i32 = -1;

/**
 * What istiod wrote on the cluster that a stream goes to. Its metadata are the costliest thing to ask Envoy for, and the
 * same for every stream of a cluster, so they are read once a second and kept under the cluster's name.
 */
@unmanaged
export class Cluster {
  readAtNs: i64 = 0;
  /** The service that it leads to, or UNTOLD. */
  service: i32 = UNTOLD;
  /** Whose certificate we show there, once a stream has asked. */
  ownPrincipal: i32 = NO_PRINCIPAL;
  /** Its servers are told nothing of us. */
  external: bool = false;
}

const LIMIT: i32 = 4096;
const FRESH_NS: i64 = 1_000_000_000;

const NAME = property('xds.cluster_name');
const SERVICE = property('xds.cluster_metadata.filter_metadata.istio.services.0');
const EXTERNAL = property('xds.cluster_metadata.filter_metadata.istio.external');
const UPSTREAM_OWN = property('upstream.uri_san_local_certificate');

const table = new SymbolTable(LIMIT);
const clusters: usize = heap.alloc(<usize>LIMIT * offsetof<Cluster>());
/** Of a request that no route was found for. */
const none = new Cluster();

const name = new Slice();
const metadata = new Slice();
const uri = new Slice();

/**
 * The cluster that the stream at hand goes to. `before` is what this said of the same stream already: a filter behind ours
 * may have changed the route since, but of the same cluster the answer stands.
 */
export function currentCluster(before: Cluster | null = null): Cluster {
  if (!readProperty(NAME, name)) return none;
  const known = table.find(name.at, name.size);
  const cluster = clusterAt(known >= 0 ? known : remember());
  if (known < 0) readMetadata(cluster);
  else if (cluster != before) refresh(cluster);
  return cluster;
}

/** The service of the stream at hand, whose cluster was asked for just before. */
export function currentService(cluster: Cluster, hostFallback: bool): i32 {
  return cluster.service != UNTOLD ? cluster.service : serviceOfHost(name, hostFallback);
}

/** Who we are to the servers of a cluster, by the certificate that the stream at hand has shown there. */
export function ownPrincipal(cluster: Cluster): i32 {
  if (cluster.ownPrincipal == NO_PRINCIPAL && readProperty(UPSTREAM_OWN, uri)) {
    cluster.ownPrincipal = principalOf(uri);
  }
  return cluster.ownPrincipal;
}

/** Clusters come and go: when the table is full all are forgotten, which costs one more look at those that are left. */
function remember(): i32 {
  if (table.isFull) table.clear();
  return table.add(name.at, name.size);
}

function clusterAt(id: i32): Cluster {
  return changetype<Cluster>(clusters + <usize>id * offsetof<Cluster>());
}

/** A clock may be set back. */
function refresh(cluster: Cluster): void {
  const age = nowNs() - cluster.readAtNs;
  if (age < 0 || age >= FRESH_NS) readMetadata(cluster);
}

function readMetadata(cluster: Cluster): void {
  cluster.readAtNs = nowNs();
  cluster.service = readProperty(SERVICE, metadata) ? serviceOfMetadata(metadata) : UNTOLD;
  cluster.external = readFlag(EXTERNAL);
  cluster.ownPrincipal = NO_PRINCIPAL;
}
