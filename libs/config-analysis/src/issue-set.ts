import { renderResourceRef, type Severity } from '@istio-ts/foundation';
import type { AnalysisIssue } from './finding.js';
import { IssueOrder } from './issue-order.js';

const weight: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Issues from many runs. Those that say the same of the same object are one, and go when the last of them goes. */
export class IssueSet {
  readonly #held = new Map<string, readonly AnalysisIssue[]>();
  /** Issues of the change under way, as they were before it; undefined: not there. */
  readonly #before = new Map<string, AnalysisIssue | undefined>();
  readonly #order = new IssueOrder();
  #sorted: readonly AnalysisIssue[] | undefined;

  get sorted(): readonly AnalysisIssue[] {
    this.#sorted ??= this.#order.keys(this.#held).flatMap((key) => firstOf(this.#held.get(key)) ?? []);
    return this.#sorted;
  }

  beginChange(): void {
    this.#before.clear();
  }

  replace(before: readonly AnalysisIssue[], after: readonly AnalysisIssue[]): void {
    for (const issue of before) this.#remove(issueKey(issue), issue);
    for (const issue of after) this.#add(issueKey(issue), issue);
  }

  endChange(): { readonly raised: readonly AnalysisIssue[]; readonly cleared: readonly AnalysisIssue[] } {
    const raised: AnalysisIssue[] = [];
    const cleared: AnalysisIssue[] = [];
    for (const [key, before] of [...this.#before].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const now = firstOf(this.#held.get(key));
      if (before === undefined && now !== undefined) raised.push(now);
      if (before !== undefined && now === undefined) cleared.push(before);
    }
    return { raised, cleared };
  }

  #note(key: string): void {
    if (!this.#before.has(key)) this.#before.set(key, firstOf(this.#held.get(key)));
    this.#order.touch(key);
    this.#sorted = undefined;
  }

  #remove(key: string, issue: AnalysisIssue): void {
    this.#note(key);
    const left = (this.#held.get(key) ?? []).filter((each) => each !== issue);
    if (left.length > 0) this.#held.set(key, left);
    else this.#held.delete(key);
  }

  #add(key: string, issue: AnalysisIssue): void {
    this.#note(key);
    this.#held.set(key, [...(this.#held.get(key) ?? []), issue]);
  }
}

/** Of equal issues the one that stands first in the object, whichever was found first. */
function firstOf(issues: readonly AnalysisIssue[] = []): AnalysisIssue | undefined {
  const [first, ...others] = issues;
  return others.reduce((best, each) => ((each.path ?? '') < (best?.path ?? '') ? each : best), first);
}

/** Sorts issues by weight, code, object, words; equal keys are equal issues. */
export function issueKey({ severity, code, resource, message }: AnalysisIssue): string {
  const object = resource === undefined ? '' : renderResourceRef(resource);
  return [weight[severity], code, object, message].join('\u0000');
}
