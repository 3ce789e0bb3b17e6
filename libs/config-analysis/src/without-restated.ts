import { renderResourceRef, type Issue } from '@istio-ts/foundation';

/** Codes under which analysis says what the check of the single object has warned of already. */
const restating: ReadonlySet<string> = new Set(['IST0130', 'IST0131', 'IST0134']);

/** Without the warnings of single objects that analysis repeats at the same place, under a code of its own. */
export function withoutRestated(issues: readonly Issue[], analysed: readonly Issue[]): readonly Issue[] {
  const said = new Set(
    analysed
      .filter(({ code }) => restating.has(code))
      .flatMap(({ path, ...issue }) => placeOf(issue, path) ?? []),
  );
  if (said.size === 0) return issues;
  return issues.filter(
    (issue) =>
      issue.code !== 'IST0133' || !outward(issue.path).some((path) => said.has(placeOf(issue, path) ?? '')),
  );
}

function placeOf({ resource }: Issue, path: string | undefined): string | undefined {
  return resource === undefined || path === undefined ? undefined : `${renderResourceRef(resource)} ${path}`;
}

/** A path and those that it lies within: `spec.http[0]`, `spec.http`, `spec`. */
function outward(path = ''): readonly string[] {
  const ends = [...path.matchAll(/[.[]/gu)].map(({ index }) => index);
  return [path, ...ends.map((end) => path.slice(0, end))];
}
