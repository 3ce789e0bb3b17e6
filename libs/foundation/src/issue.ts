/** How much an issue weighs: an error refuses or disables what it names, a warning does not, an info only tells. */
export type Severity = 'error' | 'warning' | 'info';

/** Which object an issue is about. `namespace` is absent for cluster-scoped kinds. */
export interface ResourceRef {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** Where in the user's files the object was written; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * A mistake in the user's configuration, as a value. The same issue reaches admission, `istioctl analyze`, status and
 * `/debug` unchanged. `code` is Istio's `IST####` where one exists, else a code of `docs/errors.md`; `path` points into
 * the object (`spec.http[0].route[1].destination.host`); `message` says what was wrong and what to do.
 */
export interface Issue {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly resource?: ResourceRef;
  readonly path?: string;
  readonly position?: SourcePosition;
}

/** `virtualservice/default/reviews`, or `namespace/default` for a cluster-scoped object. */
export function renderResourceRef(ref: ResourceRef): string {
  return [ref.kind, ref.namespace, ref.name].filter((part) => part !== undefined && part !== '').join('/');
}

/** One line for terminals and logs: `error IST0101 (VirtualService/default/reviews spec.hosts[0] at a.yaml:12): …`. */
export function renderIssue(issue: Issue): string {
  const { resource, path, position } = issue;
  const place = [
    resource && renderResourceRef(resource),
    path,
    position && `at ${renderPosition(position)}`,
  ].filter((part) => part !== undefined && part !== '');
  const where = place.length > 0 ? ` (${place.join(' ')})` : '';
  return `${issue.severity} ${issue.code}${where}: ${issue.message}`;
}

export function renderPosition({ file, line, column }: SourcePosition): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}
