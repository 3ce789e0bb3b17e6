import { parseDurationMs } from '@istio-ts/config-model';
import type { JsonObject } from '@istio-ts/xds-types';
import { present } from './protobuf-json.js';

/** Envoy's own, where nothing is said. */
const defaultFlushMs = 5000;
const longestFlushMs = 299_999;

/**
 * How often statistics are handed on, and those forgotten that nobody counts any more. Envoy refuses to start with an
 * interval out of its bounds, or with forgetting that does not fall on handing on: such annotations are left out.
 */
export function createStatsIntervals(annotations: Readonly<Record<string, string>>): JsonObject {
  const flush = interval(annotations['sidecar.istio.io/statsFlushInterval']);
  const accepted = flush === undefined || flush > longestFlushMs ? undefined : flush;
  const eviction = interval(annotations['sidecar.istio.io/statsEvictionInterval']);
  const falls = eviction !== undefined && eviction % (accepted ?? defaultFlushMs) === 0;
  return present({
    stats_flush_interval: seconds(accepted),
    stats_eviction_interval: falls ? seconds(eviction) : undefined,
  });
}

/** Milliseconds of a duration such as `1m30s`; undefined where it is none, or less than Envoy's shortest. */
function interval(text = ''): number | undefined {
  const ms = parseDurationMs(text);
  return ms !== undefined && ms >= 1 ? ms : undefined;
}

/** Protobuf's JSON knows seconds only. */
function seconds(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms / 1000}s`;
}
