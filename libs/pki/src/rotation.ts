import type { Certificate } from './certificate.js';

export interface RotationOptions {
  /** Part of the life that is still left when the certificate is replaced. */
  readonly graceRatio?: number;
  /** From -1 to 1; an argument because it is random. Spreads a fleet that was started together over 1 % of the life. */
  readonly jitter?: number;
  /** When the certificate was received: its life counts from here, not from a start that was put back for slow clocks. */
  readonly issuedAtMs?: number;
}

/** Milliseconds until a certificate should be replaced; 0 where that time has come. */
export function rotationDelay(
  { notBeforeMs, notAfterMs }: Pick<Certificate, 'notBeforeMs' | 'notAfterMs'>,
  nowMs: number,
  { graceRatio = 0.5, jitter = 0, issuedAtMs = notBeforeMs }: RotationOptions = {},
): number {
  const lifeMs = notAfterMs - Math.max(notBeforeMs, issuedAtMs);
  const ratio = Math.min(1, Math.max(0, graceRatio + jitter * 0.01));
  return Math.max(0, Math.floor(notAfterMs - lifeMs * ratio - nowMs));
}
