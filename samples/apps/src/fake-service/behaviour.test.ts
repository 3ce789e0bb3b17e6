import { describe, expect, it } from 'vitest';
import { delayOf, failsOn, parseDurationMs, readBehaviour } from './behaviour.js';

describe('the behaviour of fake-service', () => {
  it('fails every request at a rate of 0.75 and every second at 0.5', () => {
    const failures = (rate: string) =>
      [1, 2, 3, 4].map((n) => failsOn(readBehaviour({ ERROR_TYPE: 'http_error', ERROR_RATE: rate }), n));
    expect(failures('0.75')).toEqual([true, true, true, true]);
    expect(failures('0.5')).toEqual([false, true, false, true]);
    expect(failures('0')).toEqual([false, false, false, false]);
  });

  it('ignores a variance with a unit', () => {
    const behaviour = readBehaviour({ TIMING_50_PERCENTILE: '1000ms', TIMING_VARIANCE: '10ms' });
    expect([delayOf(behaviour, 0), delayOf(behaviour, 0.99)]).toEqual([1000, 1000]);
  });

  it('spreads the delay by a variance in percent', () => {
    const behaviour = readBehaviour({ TIMING_50_PERCENTILE: '100ms', TIMING_VARIANCE: '10' });
    expect([delayOf(behaviour, 0), delayOf(behaviour, 0.5)]).toEqual([90, 100]);
  });

  it('reads durations as Go writes them', () => {
    expect(['1s', '150ms', '1m30s', 'soon'].map(parseDurationMs)).toEqual([1000, 150, 90_000, 0]);
  });
});
