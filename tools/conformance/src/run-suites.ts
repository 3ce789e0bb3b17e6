import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MeshError } from '@istio-ts/foundation';
import type { KnownDifference } from './known-differences.js';
import type { Case, CaseOutcome, Suite } from './suite.js';

export interface Difference {
  readonly case: string;
  readonly want: unknown;
  readonly got: unknown;
  /** undefined: nobody has explained it. */
  readonly reason: string | undefined;
}

export interface SuiteReport {
  readonly suite: string;
  readonly cases: number;
  readonly agree: number;
  readonly differ: number;
  readonly unsupported: number;
  readonly differences: readonly Difference[];
  /** Cases of the standing list that agree by now, or are gone. */
  readonly vanished: readonly string[];
  /** What unsupported cases need, with the number of cases that need it. */
  readonly needs: Readonly<Record<string, number>>;
}

/** Runs every suite whose folder is under `dir`. */
export async function runSuites(
  dir: string,
  suites: readonly Suite[],
  known: readonly KnownDifference[],
): Promise<readonly SuiteReport[]> {
  const reports: SuiteReport[] = [];
  for (const suite of suites.filter(({ name }) => existsSync(join(dir, name)))) {
    reports.push(await runSuite(suite, join(dir, suite.name), known));
  }
  return reports;
}

async function runSuite(suite: Suite, dir: string, known: readonly KnownDifference[]): Promise<SuiteReport> {
  const reasons = new Map(
    known.filter((each) => each.suite === suite.name).map((each) => [each.case, each.reason]),
  );
  const cases = suite.load(dir);
  const outcomes: (readonly [string, CaseOutcome])[] = [];
  for (const each of cases) outcomes.push([each.name, await runCase(each)]);
  const differences = outcomes.flatMap(([name, outcome]) =>
    outcome.kind === 'differ'
      ? [{ case: name, want: outcome.want, got: outcome.got, reason: reasons.get(name) }]
      : [],
  );
  const count = (kind: CaseOutcome['kind']): number =>
    outcomes.filter(([, outcome]) => outcome.kind === kind).length;
  return {
    suite: suite.name,
    cases: cases.length,
    agree: count('agree'),
    differ: differences.length,
    unsupported: count('unsupported'),
    differences,
    vanished: [...reasons.keys()].filter((name) =>
      outcomes.some(([each, { kind }]) => each === name && kind === 'agree'),
    ),
    needs: countNeeds(outcomes),
  };
}

/** What a case throws is what it got: a crash on one case never hides the others. */
async function runCase(each: Case): Promise<CaseOutcome> {
  try {
    return await each.run();
  } catch (error) {
    return { kind: 'differ', want: 'an answer', got: `thrown: ${MeshError.from(error).message}` };
  }
}

function countNeeds(outcomes: readonly (readonly [string, CaseOutcome])[]): Record<string, number> {
  const needs: Record<string, number> = {};
  for (const [, outcome] of outcomes) {
    if (outcome.kind === 'unsupported') needs[outcome.needs] = (needs[outcome.needs] ?? 0) + 1;
  }
  return needs;
}

/** Whether a run may end with exit status 0. */
export function isExplained(reports: readonly SuiteReport[]): boolean {
  return reports.every(
    ({ differences, vanished }) =>
      vanished.length === 0 && differences.every(({ reason }) => reason !== undefined),
  );
}
