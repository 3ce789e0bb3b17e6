import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MeshError } from '@istio-ts/foundation';
import type { KnownDifference } from './known-differences.js';
import { differ, type Case, type CaseOutcome, type Suite } from './suite.js';

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

/** Runs every suite whose folder is under `dir`, or is `dir` itself. */
export async function runSuites(
  dir: string,
  suites: readonly Suite[],
  known: readonly KnownDifference[],
): Promise<readonly SuiteReport[]> {
  const reports: SuiteReport[] = [];
  for (const suite of suites) {
    const folder = folderOf(suite, dir);
    if (folder !== undefined) reports.push(await runSuite(suite, folder, known));
  }
  return reports;
}

function folderOf({ name }: Suite, dir: string): string | undefined {
  const below = join(dir, name);
  if (existsSync(below) && statSync(below).isDirectory()) return below;
  return basename(dir) === name && existsSync(dir) ? dir : undefined;
}

async function runSuite(suite: Suite, dir: string, known: readonly KnownDifference[]): Promise<SuiteReport> {
  const reasons = new Map(
    known.filter((each) => each.suite === suite.name).map((each) => [each.case, each.reason]),
  );
  const cases = loadCases(suite, dir);
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

/**
 * A folder that cannot be read counts as one case that differs, and so does one that holds none: what was not run must
 * not look like what agrees, and never hides the other suites.
 */
function loadCases(suite: Suite, dir: string): readonly Case[] {
  try {
    const cases = suite.load(dir);
    return cases.length > 0 ? cases : [failedCase('(no cases)', `nothing of the form in ${dir}`)];
  } catch (error) {
    return [failedCase('(cases)', MeshError.from(error, `reading ${dir}`).message)];
  }
}

function failedCase(name: string, got: string): Case {
  return { name, run: () => differ('cases of the form that the README of the suite gives', got) };
}

/** What a case throws is what it got: a crash on one case never hides the others. */
async function runCase(each: Case): Promise<CaseOutcome> {
  try {
    return await each.run();
  } catch (error) {
    return differ('an answer', `thrown: ${MeshError.from(error).message}`);
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
