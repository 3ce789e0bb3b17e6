import { readHeader } from '../../abi/headers';
import { property, readNumber, readProperty } from '../../abi/property';
import { HeaderMap } from '../../abi/status';
import { Slice, text } from '../../bytes/slice';
import { currentCluster, currentService } from './cluster';
import { readPeers } from './connection';
import { Root, Stream } from './contexts';
import { learnPeer } from './exchange';
import { NO_GRPC_STATUS, Protocol, Reporter, SeriesKey } from './series-key';
import { Series, seriesOf } from './series';

const RESPONSE_CODE = property('response.code');
const RESPONSE_FLAGS = property('response.flags');
const GRPC_STATUS = property('response.grpc_status');
const DURATION = property('request.duration');
const RECEIVED = property('request.total_size');
const SENT = property('response.total_size');
const UPSTREAM_ADDRESS = property('upstream.address');
const CONTENT_TYPE = text('content-type');
const GRPC = text('application/grpc');
const NS_PER_MS: i64 = 1_000_000;
const PLUS: u8 = 43;
const SEMICOLON: u8 = 59;

const key = new SeriesKey();
const contentType = new Slice();
const address = new Slice();

/** Counts a stream that has ended. */
export function reportRequest(stream: Stream, root: Root): void {
  if (!stream.requestSeen && root.reporter == Reporter.Destination) learnPeer(stream, HeaderMap.Request);
  const grpc = isGrpc();
  key.reset(root.reporter, grpc ? Protocol.Grpc : Protocol.Http);
  const cluster = currentCluster(stream.cluster);
  readPeers(key, stream.peer, cluster);
  key.service = currentService(cluster, root.hostFallback);
  key.responseCode = <i32>readNumber(RESPONSE_CODE);
  key.responseFlags = <u64>readNumber(RESPONSE_FLAGS);
  if (grpc) key.grpcStatus = <i32>readNumber(GRPC_STATUS, NO_GRPC_STATUS);
  seriesOf(key).addRequest(
    <u64>(readNumber(DURATION) / NS_PER_MS),
    <u64>readNumber(RECEIVED),
    <u64>readNumber(SENT),
  );
}

/**
 * Counts what a connection has carried since the last time. Its end is told with `closed`. While it is still being
 * connected nobody knows to whom, so it waits for the next time.
 */
export function reportConnection(stream: Stream, root: Root, closed: bool): void {
  if (!closed && !stream.opened && !readProperty(UPSTREAM_ADDRESS, address)) return;
  const series = connectionSeries(stream, root, closed ? <u64>readNumber(RESPONSE_FLAGS) : 0);
  if (!stream.opened) series.addOpened();
  if (closed) series.addClosed();
  const received = readNumber(RECEIVED);
  const sent = readNumber(SENT);
  series.addBytes(received - stream.received, sent - stream.sent);
  stream.opened = true;
  stream.received = received;
  stream.sent = sent;
}

/** Both sides of a connection are looked at once; after that only a failure gives it other labels. */
function connectionSeries(stream: Stream, root: Root, flags: u64): Series {
  const known = stream.series;
  if (known != null && flags == 0) return known;
  key.reset(root.reporter, Protocol.Tcp);
  const cluster = currentCluster();
  readPeers(key, stream.peer, cluster);
  key.service = currentService(cluster, false);
  key.responseFlags = flags;
  const series = seriesOf(key);
  stream.series = series;
  return series;
}

/** `application/grpc`, alone or followed by `+proto` and the like; gRPC-Web is another type. */
function isGrpc(): bool {
  if (!readHeader(HeaderMap.Request, CONTENT_TYPE, contentType) || !contentType.startsWith(GRPC))
    return false;
  if (contentType.size == GRPC.size) return true;
  const next = contentType.byte(GRPC.size);
  return next == PLUS || next == SEMICOLON;
}
