import type { Place } from '../../place.js';
import { checkDuration, checkNotNegative } from '../../checks/check-number.js';
import { suggest } from '../../nearest-name.js';
import type { HttpRetry } from './spec.js';

/** Envoy's words for what is retried: HTTP's, then gRPC's. */
export const retryPolicies: readonly string[] = [
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

export function validateRetries(retries: HttpRetry, place: Place): void {
  const { attempts = 0, perTryTimeout, retryOn = '', backoff, retryRemoteLocalities } = retries;
  checkNotNegative(attempts, place.at('attempts'));
  const says = perTryTimeout !== undefined || retryOn !== '' || retryRemoteLocalities !== undefined;
  if (attempts === 0 && says)
    place.at('attempts').error('is 0, which turns retries off: the other settings contradict it');
  checkDuration(perTryTimeout, place.at('perTryTimeout'));
  checkDuration(backoff, place.at('backoff'));
  if (retryOn !== '') for (const word of retryOn.split(',')) checkRetryOn(word, place.at('retryOn'));
}

/** The statuses that HTTP has names for: ranges of them. */
const statuses: readonly (readonly [number, number])[] = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
];

/** A word of Envoy's, or a status code; Envoy does not trim spaces. */
function checkRetryOn(word: string, place: Place): void {
  if (retryPolicies.includes(word)) return;
  const status = /^\d{3}$/u.test(word) ? Number(word) : 0;
  if (statuses.some(([first, last]) => status >= first && status <= last)) return;
  const hint = retryPolicies.includes(word.trim()) ? '; leave the space out' : suggest(word, retryPolicies);
  place.error(`${JSON.stringify(word)} is neither a retry condition nor a status code${hint}`);
}
