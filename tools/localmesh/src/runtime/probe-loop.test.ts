import { describe, expect, it } from 'vitest';
import { ProbeCount, runProbe, type ProbeState } from './probe-loop.js';
import type { PlannedProbe } from './probe-plan.js';

const probe: PlannedProbe = {
  action: { kind: 'tcp', port: 1 },
  initialDelayMs: 0,
  periodMs: 1,
  timeoutMs: 1000,
  failureThreshold: 3,
  successThreshold: 1,
};

describe('a probe', () => {
  it('fails only after some failures in a row', () => {
    const count = new ProbeCount({ failureThreshold: 3, successThreshold: 1 });
    const answers = [false, false, true, false, false, false];
    expect(answers.map((passed) => count.take(passed))).toEqual([
      undefined,
      undefined,
      'passing',
      undefined,
      undefined,
      'failing',
    ]);
  });

  it('passes only after as many successes as it asks for', () => {
    const count = new ProbeCount({ failureThreshold: 1, successThreshold: 2 });
    expect([true, false, true, true].map((passed) => count.take(passed))).toEqual([
      undefined,
      'failing',
      undefined,
      'passing',
    ]);
  });

  it('says nothing of a process that ended while it was asked', async () => {
    const life = new AbortController();
    const told: ProbeState[] = [];
    const attempt = () => {
      life.abort();
      return Promise.resolve(true);
    };
    await runProbe({ probe, attempt, impatient: false, tell: (state) => told.push(state) }, life.signal);
    expect(told).toEqual([]);
  });

  it('asks again and again until its process ends', async () => {
    const life = new AbortController();
    const told: ProbeState[] = [];
    let asked = 0;
    const attempt = () => Promise.resolve((asked += 1) > 2);
    const tell = (state: ProbeState) => {
      told.push(state);
      if (told.length === 3) life.abort();
    };
    await runProbe({ probe: { ...probe, failureThreshold: 2 }, attempt, impatient: true, tell }, life.signal);
    expect(told).toEqual(['failing', 'passing', 'passing']);
  });
});
