import { defineMetric, increment, record } from '../../abi/metric';
import { Metric } from '../../abi/status';
import { Slice, text } from '../../bytes/slice';
import { SymbolTable } from '../../bytes/symbol-table';
import { Writer } from '../../bytes/writer';
import { dropClaims, restsOnClaims } from './claims';
import { countOverflow } from './overflow';
import { Protocol, SeriesKey } from './series-key';
import { writeLabels } from './series-name';

/** So many sets of labels for each Envoy worker thread; what comes later is counted together, under `unknown`. */
const LIMIT: i32 = 5000;
/** As many of them may rest on what only callers say. */
const CLAIM_LIMIT: i32 = 2500;
/** One set for each reporter and protocol stays free for that. */
const RESERVED: i32 = 6;

const REQUESTS = text('istio_requests_total');
const DURATION = text('istio_request_duration_milliseconds');
const REQUEST_BYTES = text('istio_request_bytes');
const RESPONSE_BYTES = text('istio_response_bytes');
const TCP_OPENED = text('istio_tcp_connections_opened_total');
const TCP_CLOSED = text('istio_tcp_connections_closed_total');
const TCP_RECEIVED = text('istio_tcp_received_bytes_total');
const TCP_SENT = text('istio_tcp_sent_bytes_total');

/** The metrics of one set of labels, by number. What they are depends on the protocol. */
@unmanaged
export class Series {
  /** istio_requests_total, or istio_tcp_connections_opened_total. */
  first: u32 = 0;
  /** istio_request_duration_milliseconds, or istio_tcp_connections_closed_total. */
  second: u32 = 0;
  /** istio_request_bytes, or istio_tcp_received_bytes_total. */
  third: u32 = 0;
  /** istio_response_bytes, or istio_tcp_sent_bytes_total. */
  fourth: u32 = 0;

  addRequest(durationMs: u64, requestBytes: u64, responseBytes: u64): void {
    increment(this.first, 1);
    record(this.second, durationMs);
    record(this.third, requestBytes);
    record(this.fourth, responseBytes);
  }

  addOpened(): void {
    increment(this.first, 1);
  }

  addClosed(): void {
    increment(this.second, 1);
  }

  addBytes(received: i64, sent: i64): void {
    if (received > 0) increment(this.third, received);
    if (sent > 0) increment(this.fourth, sent);
  }
}

const table = new SymbolTable(LIMIT + RESERVED);
const all: usize = heap.alloc(<usize>(LIMIT + RESERVED) * offsetof<Series>());
const name = new Writer();
let claims: i32 = 0;

/** The metrics for these labels, made when they are seen for the first time. The key is the caller's to use again. */
export function seriesOf(key: SeriesKey): Series {
  const id = find(key);
  return id >= 0 ? seriesAt(id) : newSeriesOf(key);
}

/** Where a table is full, a key with fewer labels: totals stay right. */
function newSeriesOf(key: SeriesKey): Series {
  const claimed = restsOnClaims(key);
  if (claimed && claims >= CLAIM_LIMIT) {
    countOverflow();
    dropClaims(key);
    return seriesOf(key);
  }
  if (table.count >= LIMIT) {
    countOverflow();
    key.reset(key.reporter, key.protocol);
    const id = find(key);
    if (id >= 0) return seriesAt(id);
  } else if (claimed) claims++;
  return define(key, seriesAt(table.add(changetype<usize>(key), offsetof<SeriesKey>())));
}

function find(key: SeriesKey): i32 {
  return table.find(changetype<usize>(key), offsetof<SeriesKey>());
}

function seriesAt(id: i32): Series {
  return changetype<Series>(all + <usize>id * offsetof<Series>());
}

function define(key: SeriesKey, series: Series): Series {
  name.reset();
  writeLabels(key, name);
  const labels = name.size;
  const tcp = key.protocol == Protocol.Tcp;
  const rest = tcp ? Metric.Counter : Metric.Histogram;
  series.first = metric(labels, Metric.Counter, tcp ? TCP_OPENED : REQUESTS);
  series.second = metric(labels, rest, tcp ? TCP_CLOSED : DURATION);
  series.third = metric(labels, rest, tcp ? TCP_RECEIVED : REQUEST_BYTES);
  series.fourth = metric(labels, rest, tcp ? TCP_SENT : RESPONSE_BYTES);
  return series;
}

function metric(labels: usize, type: i32, base: Slice): u32 {
  name.size = labels;
  return defineMetric(type, name.bytes(base));
}
