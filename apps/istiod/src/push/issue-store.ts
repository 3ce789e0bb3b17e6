import type { Issue } from '@istio-ts/foundation';

/** All present issues, by who found them. Tells what is new, for the log and for `/debug/changes`. */
export class IssueStore {
  private readonly groups = new Map<string, readonly Issue[]>();

  /** The issues of one finder replace its last ones; returns those that it did not have before. */
  replace(finder: string, issues: readonly Issue[]): readonly Issue[] {
    if (this.groups.get(finder) === issues) return [];
    const known = new Set((this.groups.get(finder) ?? []).map(identity));
    this.groups.set(finder, issues);
    return issues.filter((issue) => !known.has(identity(issue)));
  }

  all(): readonly Issue[] {
    return [...this.groups.values()].flat();
  }
}

function identity({ code, message, resource, path, position }: Issue): string {
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
