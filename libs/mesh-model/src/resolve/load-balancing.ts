import {
  destinationRuleDefaults,
  parseDurationMs,
  type ConsistentHashLb,
  type LoadBalancerSettings,
} from '@istio-ts/config-model';
import type { HashKeyIr, LoadBalancingIr, WarmupIr } from '@istio-ts/mesh-ir';
import type { MeshSettings } from '../settings/mesh-settings.js';

const defaults = destinationRuleDefaults;

export function resolveLoadBalancing(
  written: LoadBalancerSettings | undefined,
  { compatibility }: MeshSettings,
): LoadBalancingIr {
  const hash = hashKeyOf(written);
  if (written?.consistentHash !== undefined && hash !== undefined)
    return consistent(written.consistentHash, hash);
  const warmup = warmupOf(written);
  switch (written?.simple) {
    case 'RANDOM':
      return { kind: 'random' };
    case 'PASSTHROUGH':
      return { kind: 'passthrough' };
    case 'ROUND_ROBIN':
      return { kind: 'round-robin', warmup };
    case 'LEAST_CONN':
    case 'LEAST_REQUEST':
      return { kind: 'least-request', warmup };
    case 'UNSPECIFIED':
    case undefined:
      return { kind: compatibility.defaultLoadBalancing, warmup };
  }
}

/** What requests are hashed on, where the rule asks for consistent hashing. */
export function hashKeyOf(written: LoadBalancerSettings | undefined): HashKeyIr | undefined {
  const hash = written?.consistentHash;
  if (hash?.httpHeaderName !== undefined) return { kind: 'header', name: hash.httpHeaderName };
  if (hash?.httpQueryParameterName !== undefined)
    return { kind: 'query-parameter', name: hash.httpQueryParameterName };
  if (hash?.useSourceIp === true) return { kind: 'source-ip' };
  const cookie = hash?.httpCookie;
  if (cookie === undefined) return undefined;
  const ttlMs = cookie.ttl === undefined ? undefined : parseDurationMs(cookie.ttl);
  return { kind: 'cookie', name: cookie.name, path: cookie.path ?? '', ttlMs };
}

function consistent(written: ConsistentHashLb, hash: HashKeyIr): LoadBalancingIr {
  if (written.maglev !== undefined) return { kind: 'maglev', hash, tableSize: written.maglev.tableSize };
  const minimumRingSize =
    written.ringHash === undefined
      ? (written.minimumRingSize ?? defaults.minimumRingSize)
      : written.ringHash.minimumRingSize;
  return { kind: 'ring-hash', hash, minimumRingSize };
}

function warmupOf(written: LoadBalancerSettings | undefined): WarmupIr | undefined {
  const duration = written?.warmup?.duration ?? written?.warmupDurationSecs;
  const durationMs = duration === undefined ? undefined : parseDurationMs(duration);
  if (durationMs === undefined) return undefined;
  const { minimumPercent, aggression } = { ...defaults.warmup, ...written?.warmup };
  return { durationMs, minimumPercent, aggression };
}
