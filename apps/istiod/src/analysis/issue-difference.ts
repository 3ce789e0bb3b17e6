import type { Issue } from '@istio-ts/foundation';

/** What became of issues: those that are there now and were not, and those that were and are no more. */
export interface IssueDifference {
  readonly raised: readonly Issue[];
  readonly cleared: readonly Issue[];
}

export const noDifference: IssueDifference = { raised: [], cleared: [] };

/** Equal for what a person takes for the same issue: one that only moved within its file is. */
export function issueIdentity({ code, message, resource, path, position }: Issue): string {
  return JSON.stringify([
    code,
    message,
    resource?.kind,
    resource?.namespace,
    resource?.name,
    path,
    position?.file,
  ]);
}

export function differenceOf(before: readonly Issue[], after: readonly Issue[]): IssueDifference {
  // Most are the same objects: the words are looked at of the others only.
  const gone = without(before, after);
  const come = without(after, before);
  return sumOf([
    { raised: [], cleared: gone },
    { raised: come, cleared: [] },
  ]);
}

function without(issues: readonly Issue[], others: readonly Issue[]): readonly Issue[] {
  const same = new Set(others);
  return issues.filter((issue) => !same.has(issue));
}

/** What several differences, one after the other, come to. */
export function sumOf(differences: readonly IssueDifference[]): IssueDifference {
  const changes = new Map<string, { readonly issue: Issue; readonly count: number }>();
  const count = (issues: readonly Issue[], by: 1 | -1): void => {
    for (const issue of issues) {
      const id = issueIdentity(issue);
      changes.set(id, { issue, count: (changes.get(id)?.count ?? 0) + by });
    }
  };
  for (const { raised, cleared } of differences) {
    count(raised, 1);
    count(cleared, -1);
  }
  const all = [...changes.values()];
  return {
    raised: all.filter((each) => each.count > 0).map(({ issue }) => issue),
    cleared: all.filter((each) => each.count < 0).map(({ issue }) => issue),
  };
}
