/**
 * Host names with wildcards as Istio compares them: a name may begin with `*`, which stands for any non-empty beginning
 * (`*.com`, `*-foo.com`, `*`). Comparison is exact; names are lower-cased where they are read from requests.
 */

export function isWildcard(host: string): boolean {
  return host.startsWith('*');
}

/** Whether some name is covered by both. */
export function hostMatches(a: string, b: string): boolean {
  if (isWildcard(a) && isWildcard(b)) {
    return a.length < b.length ? endsWithTail(b, a) : endsWithTail(a, b);
  }
  if (isWildcard(a)) return endsWithTail(b, a);
  if (isWildcard(b)) return endsWithTail(a, b);
  return a === b;
}

/** Whether every name that `a` covers is covered by `b`. */
export function hostSubsetOf(a: string, b: string): boolean {
  if (!isWildcard(b)) return a === b;
  if (!isWildcard(a)) return endsWithTail(a, b);
  return a.length >= b.length && endsWithTail(a, b);
}

/** The more specific of each two overlapping names, in the order of `a`; each once. */
export function hostIntersection(a: readonly string[], b: readonly string[]): readonly string[] {
  const found = a.flatMap((left) =>
    b.flatMap((right) => {
      if (hostSubsetOf(left, right)) return [left];
      return hostSubsetOf(right, left) ? [right] : [];
    }),
  );
  return [...new Set(found)];
}

/** Whether `a` is to be tried before `b`: exact names before wildcards, long before short, then by spelling. */
export function moreSpecificHost(a: string, b: string): boolean {
  return compareHosts(a, b) <= 0;
}

/** The most specific first. */
export function sortHosts(hosts: readonly string[]): readonly string[] {
  return [...hosts].sort(compareHosts);
}

/** Of `hosts` the most specific that covers all of `needle`, or undefined. */
export function mostSpecificHostMatch(needle: string, hosts: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const host of hosts) {
    if (host === needle) return host;
    if (
      isWildcard(host) &&
      hostSubsetOf(needle, host) &&
      (best === undefined || compareHosts(host, best) < 0)
    ) {
      best = host;
    }
  }
  return best;
}

export interface ScopedHost {
  /** Undefined where the host names no namespace. `*` is any, `.` the own, `~` none. */
  readonly namespace: string | undefined;
  readonly host: string;
}

/** Reads `namespace/host`. */
export function parseScopedHost(text: string): ScopedHost {
  const slash = text.indexOf('/');
  if (slash === -1) return { namespace: undefined, host: text };
  return { namespace: text.slice(0, slash), host: text.slice(slash + 1) };
}

/** The hosts, without scope, that a list of `namespace/host` and `host` offers to a namespace. */
export function hostsForNamespace(hosts: readonly string[], namespace: string): readonly string[] {
  return hosts
    .map(parseScopedHost)
    .filter((scoped) => scoped.namespace === undefined || ['*', namespace].includes(scoped.namespace))
    .map((scoped) => scoped.host);
}

function compareHosts(a: string, b: string): number {
  if (isWildcard(a) !== isWildcard(b)) return isWildcard(a) ? 1 : -1;
  if (a.length !== b.length) return b.length - a.length;
  return a < b ? -1 : Number(a > b);
}

function endsWithTail(name: string, wildcard: string): boolean {
  return name.endsWith(wildcard.slice(1));
}
