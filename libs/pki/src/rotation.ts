import type { Certificate } from './certificate.js';

/**
 * Milliseconds until a certificate should be replaced, never negative: when `graceRatio` of its life is still left.
 * `jitter` (-1 to 1, an argument because it is random) spreads a fleet that was started together over 1 % of the life.
 */
export function rotationDelay(
  certificate: Pick<Certificate, 'notBeforeMs' | 'notAfterMs'>,
  nowMs: number,
  { graceRatio = 0.5, jitter = 0 }: { readonly graceRatio?: number; readonly jitter?: number } = {},
): number {
  const { notBeforeMs, notAfterMs } = certificate;
  const lifeMs = notAfterMs - notBeforeMs;
  const ratio = Math.min(1, Math.max(0, graceRatio + jitter * 0.01));
  return Math.max(0, Math.floor(notAfterMs - lifeMs * ratio - nowMs));
}
