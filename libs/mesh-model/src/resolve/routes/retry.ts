import { virtualServiceDefaults, type HttpRetry } from '@istio-ts/config-model';
import type { RetryIr } from '@istio-ts/mesh-ir';
import type { MeshSettings } from '../../settings/mesh-settings.js';
import { durationMs } from '../traffic-policy.js';

const defaults = virtualServiceDefaults.retries;
const statusCodeCondition = 'retriable-status-codes';

/** Every request is retried twice unless the route, or the mesh, says otherwise; attempts of 0 switch retries off. */
export function resolveRetry(
  written: HttpRetry | undefined,
  { defaultRetry, compatibility }: MeshSettings,
  consistentHashing: boolean,
): RetryIr | undefined {
  const retry = written ?? defaultRetry;
  if (retry !== undefined && (retry.attempts ?? 0) <= 0) return undefined;
  const on = retry?.retryOn ? parseRetryOn(retry.retryOn) : undefined;
  return {
    attempts: retry?.attempts ?? defaults.attempts,
    conditions: on?.conditions ?? defaults.retryOn,
    statusCodes: on?.statusCodes ?? compatibility.retriedStatusCodes,
    perTryTimeoutMs: durationMs(retry?.perTryTimeout),
    backoffMs: durationMs(retry?.backoff),
    hostSelectionAttempts: 5,
    avoidPreviousHosts:
      !consistentHashing && (retry?.retryIgnorePreviousHosts ?? defaults.retryIgnorePreviousHosts),
    remoteLocalities: retry?.retryRemoteLocalities ?? defaults.retryRemoteLocalities,
  };
}

/** Numbers among the conditions are status codes, which need a condition of their own. */
function parseRetryOn(written: string): Pick<RetryIr, 'conditions' | 'statusCodes'> {
  const words = written
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const statusCodes = words.filter((word) => /^\d+$/u.test(word)).map(Number);
  const conditions = words.filter((word) => !/^\d+$/u.test(word));
  if (statusCodes.length > 0 && !conditions.includes(statusCodeCondition))
    conditions.push(statusCodeCondition);
  return { conditions: conditions.join(','), statusCodes };
}
