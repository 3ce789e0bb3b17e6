import type { Duration } from '../gen/google/protobuf/duration.js';

/**
 * @param ms milliseconds, fractions of them down to nanoseconds, negative too
 * @returns with `seconds` and `nanos` of one sign, as protobuf asks for
 */
export function durationFromMs(ms: number): Duration {
  const seconds = Math.trunc(ms / 1000);
  // -0 + 0 is 0: an encoder that compares with Object.is must not see a negative zero.
  return { seconds: seconds + 0, nanos: Math.round((ms - seconds * 1000) * 1e6) + 0 };
}

/** @returns milliseconds, with fractions where the duration has them */
export function durationToMs(duration: Duration): number {
  return duration.seconds * 1000 + duration.nanos / 1e6;
}
