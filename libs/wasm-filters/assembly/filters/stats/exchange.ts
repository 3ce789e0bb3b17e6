import { readHeader, removeHeader, replaceHeader } from '../../abi/headers';
import { HeaderMap } from '../../abi/status';
import { Slice, text } from '../../bytes/slice';
import { currentCluster, UNTOLD } from './cluster';
import { Root, Stream } from './contexts';
import { ownId, ownMetadata } from './own';
import { workloadOfHeader } from './peer-metadata';
import { Reporter } from './series-key';

/**
 * The exchange of metadata by headers. A client's proxy tells who it is only where the request goes to a service of
 * the mesh: a cluster that istiod marked with a service, and not as external. The server's proxy answers only who
 * asked. Both headers end at the proxies: neither application, nor a client or a server outside, ever sees one.
 */

const METADATA = text('x-envoy-peer-metadata');
const ID = text('x-envoy-peer-metadata-id');
const header = new Slice();

export function exchangeInRequest(stream: Stream, root: Root): void {
  stream.requestSeen = true;
  if (root.reporter == Reporter.Destination) learnPeer(stream, HeaderMap.Request);
  else if (goesToMesh(stream)) tell(HeaderMap.Request);
  else strip(HeaderMap.Request);
}

export function exchangeInResponse(stream: Stream, root: Root): void {
  if (root.reporter == Reporter.Source) learnPeer(stream, HeaderMap.Response);
  else if (stream.exchanging) tell(HeaderMap.Response);
  else strip(HeaderMap.Response);
}

/** Reads who the other side is, and takes the headers off. */
export function learnPeer(stream: Stream, map: i32): void {
  if (readHeader(map, METADATA, header)) {
    stream.exchanging = true;
    stream.peer = workloadOfHeader(header);
    removeHeader(map, METADATA);
  }
  removeHeader(map, ID);
}

function goesToMesh(stream: Stream): bool {
  const cluster = currentCluster();
  stream.cluster = cluster;
  return cluster.service != UNTOLD && !cluster.external;
}

function tell(map: i32): void {
  replaceHeader(map, METADATA, ownMetadata);
  replaceHeader(map, ID, ownId);
}

function strip(map: i32): void {
  removeHeader(map, METADATA);
  removeHeader(map, ID);
}
