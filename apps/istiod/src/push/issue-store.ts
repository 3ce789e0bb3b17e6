import type { Issue } from '@istio-ts/foundation';
import { differenceOf, noDifference, type IssueDifference } from '../analysis/issue-difference.js';

/** All present issues, by who found them. Tells what is new and what is gone, for the log and for `/debug/changes`. */
export class IssueStore {
  private readonly groups = new Map<string, readonly Issue[]>();

  /** The issues of one finder replace its last ones. */
  replace(finder: string, issues: readonly Issue[]): IssueDifference {
    const before = this.groups.get(finder) ?? [];
    if (before === issues) return noDifference;
    this.groups.set(finder, issues);
    return differenceOf(before, issues);
  }

  all(): readonly Issue[] {
    return [...this.groups.values()].flat();
  }
}
