import { checkInvariants } from '@istio-ts/traffic-simulator';
import { describe, expect, it } from 'vitest';
import { checkIssues, checkSeam, checkTraffic } from './check-case.js';
import { buildWorld } from './golden-world.js';
import { caseNames, goldenDir, readCase } from './read-cases.js';

const cases = caseNames(goldenDir).map((name) => readCase(goldenDir, name));

describe('golden cases', () => {
  it('are there', () => {
    expect(cases.length).toBeGreaterThan(20);
  });

  it.each(cases)('$name: $shows', (golden) => {
    const { state, issues } = buildWorld(golden);
    const faults = [
      ...checkInvariants(state),
      ...checkTraffic(state, golden.traffic?.calls ?? []),
      ...checkIssues(issues, golden.issues),
      ...golden.seams.flatMap((seam) => checkSeam(state, seam)),
    ];
    expect(faults).toEqual([]);
  });
});
