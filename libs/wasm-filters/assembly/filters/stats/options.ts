import { log } from '../../abi/host';
import { LogLevel } from '../../abi/status';
import { JsonKind, JsonObjectReader } from '../../bytes/json';
import { Slice, text } from '../../bytes/slice';
import { Writer } from '../../bytes/writer';

const TCP_REPORTING_DURATION = text('tcp_reporting_duration');
const DISABLE_HOST_HEADER_FALLBACK = text('disable_host_header_fallback');
/** Fields that Istio accepts and no longer acts upon. */
const DEBUG = text('debug');
const STAT_PREFIX = text('stat_prefix');
const MAX_PEER_CACHE_SIZE = text('max_peer_cache_size');
const TRUE = text('true');
const FALSE = text('false');

const NOT_AN_OBJECT = text('the configuration is not a JSON object');
const BAD_FIELD = text('unknown field, or a value of the wrong form, in the configuration: ');
const PREFIX = text('istio stats filter: ');
const LONGEST_MS: u64 = 3_600_000;
const SECOND: u8 = 115;
const DOT: u8 = 46;

/** The plugin's configuration, in the field names of Istio's stats plugin. */
export class Options {
  hostFallback: bool = true;
  tcpReportingMs: u32 = 15_000;

  /** Reads a configuration; an empty one is all defaults. False, and a line in Envoy's log, where it cannot be meant. */
  read(source: Slice): bool {
    if (source.size == 0) return true;
    const reader = new JsonObjectReader(source);
    while (reader.next()) {
      if (!this.apply(reader)) return complain(BAD_FIELD, reader.key);
    }
    return reader.broken ? complain(NOT_AN_OBJECT, new Slice()) : true;
  }

  private apply(field: JsonObjectReader): bool {
    if (field.key.equals(DISABLE_HOST_HEADER_FALLBACK)) {
      this.hostFallback = field.value.equals(FALSE);
      return field.kind == JsonKind.Literal && (this.hostFallback || field.value.equals(TRUE));
    }
    if (field.key.equals(TCP_REPORTING_DURATION)) {
      this.tcpReportingMs = durationMs(field.value);
      return field.kind == JsonKind.Text && this.tcpReportingMs > 0;
    }
    return field.key.equals(DEBUG) || field.key.equals(STAT_PREFIX) || field.key.equals(MAX_PEER_CACHE_SIZE);
  }
}

/** Writes one line to Envoy's log. Returns false, the answer that refuses a configuration. */
export function complain(message: Slice, about: Slice): bool {
  log(LogLevel.Error, new Writer().bytes(PREFIX).bytes(message).bytes(about));
  return false;
}

/** `15s` or `0.5s`, the JSON form of a duration, in milliseconds; 0 where it is none, or longer than an hour. */
function durationMs(written: Slice): u32 {
  const size = written.size;
  if (size < 2 || written.byte(size - 1) != SECOND) return 0;
  let value: u64 = 0;
  let scale: u64 = 0;
  for (let index: usize = 0; index < size - 1; index++) {
    const byte = written.byte(index);
    if (byte == DOT && scale == 0) scale = 1;
    else if (byte < 48 || byte > 57 || value > LONGEST_MS || scale > 100) return 0;
    else {
      value = value * 10 + (byte - 48);
      scale *= 10;
    }
  }
  const ms = scale <= 1 ? value * 1000 : (value * 1000) / scale;
  return ms > LONGEST_MS ? 0 : <u32>ms;
}
