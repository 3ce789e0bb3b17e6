import type { Place } from '../place.js';
import { parseDurationMs } from '../naming/duration.js';

export function checkPort(port: number | undefined, place: Place): void {
  if (port === undefined || port < 1 || port > 65_535) {
    place.error(`the port number must be between 1 and 65535, not ${port ?? 'absent'}`);
  }
}

export function checkPercent(value: number | undefined, place: Place): void {
  if (value !== undefined && (value < 0 || value > 100)) place.error(`${value} is not between 0 and 100`);
}

export function checkNotNegative(value: number | undefined, place: Place): void {
  if (value !== undefined && value < 0) place.error(`${value} is negative`);
}

/** A duration of at least 1 ms in whole milliseconds, which is what Envoy's timers take. */
export function checkDuration(duration: string | undefined, place: Place): void {
  const ms = duration === undefined ? undefined : parseDurationMs(duration);
  if (ms === undefined || duration === undefined) return;
  if (ms < 1) place.error(`${duration} is shorter than 1ms`);
  else if (!isWhole(ms)) place.error(`${duration} has fractions of a millisecond`);
}

/** The same, where zero means: none. */
export function checkDurationOrZero(duration: string | undefined, place: Place): void {
  if (duration !== undefined && parseDurationMs(duration) !== 0) checkDuration(duration, place);
}

/** Whole up to the rounding of decimal fractions in binary. */
function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-7;
}
