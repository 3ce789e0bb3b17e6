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
  const { attempts = 0, perTryTimeout, retryOn, backoff, ...rest } = retries;
  checkNotNegative(attempts, place.at('attempts'));
  if (
    attempts === 0 &&
    [perTryTimeout, retryOn, backoff, ...Object.values(rest)].some((each) => each !== undefined)
  ) {
    place.at('attempts').error('is 0, which turns retries off: the other settings contradict it');
  }
  checkDuration(perTryTimeout, place.at('perTryTimeout'));
  checkDuration(backoff, place.at('backoff'));
  for (const word of (retryOn ?? '').split(',')) checkRetryOn(word.trim(), place.at('retryOn'));
}

/** A word of Envoy's, or a status code. */
function checkRetryOn(word: string, place: Place): void {
  if (word === '' || retryPolicies.includes(word)) return;
  const status = /^\d{3}$/u.test(word) ? Number(word) : 0;
  if (status >= 100 && status <= 599) return;
  place.error(
    `${JSON.stringify(word)} is neither a retry condition nor a status code${suggest(word, retryPolicies)}`,
  );
}
