import { join } from 'node:path';
import { isExplained, knownDifferences, renderTable, runSuites, suites } from '@istio-ts/conformance';
import { sharedDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';

/** Needs the specification's data beside the repository; without it these cases are listed as not run. */
describe.runIf(sharedDir)('the given conformance cases', () => {
  it.each(suites.map(({ name }) => name))(
    '%s: every difference has a reason',
    async (name) => {
      const chosen = suites.filter((suite) => suite.name === name);
      const reports = await runSuites(join(sharedDir ?? '', 'conformance'), chosen, knownDifferences);
      expect(isExplained(reports), renderTable(reports)).toBe(true);
      expect(reports.every(({ cases }) => cases > 0)).toBe(true);
    },
    120_000,
  );
});
