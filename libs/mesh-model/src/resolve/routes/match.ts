import type { HttpMatchRequest, StringMatch } from '@istio-ts/config-model';
import type { HeaderMatchIr, PathMatchIr, QueryMatchIr, RouteMatchIr, TextMatchIr } from '@istio-ts/mesh-ir';

export const matchAll: RouteMatchIr = {
  path: { kind: 'prefix', value: '/' },
  ignoreCase: false,
  headers: [],
  query: [],
};

/** Pseudo headers by the field that matches them. */
const pseudoHeaders = [
  ['method', ':method'],
  ['authority', ':authority'],
  ['scheme', ':scheme'],
] as const;

export function resolveMatch(written: HttpMatchRequest): RouteMatchIr {
  return {
    path: resolvePath(written.uri),
    ignoreCase: written.ignoreUriCase ?? false,
    headers: resolveHeaders(written),
    query: Object.entries(written.queryParams ?? {}).map(([name, match]): QueryMatchIr => ({
      name,
      match: resolveText(match),
    })),
  };
}

/** Whether it matches every request, so that nothing after it is ever reached. */
export function matchesAll({ path, headers, query }: RouteMatchIr): boolean {
  const anyPath =
    (path.kind === 'prefix' && path.value === '/') ||
    (path.kind === 'regex' && (path.value === '.*' || path.value === '*'));
  return anyPath && headers.length === 0 && query.length === 0;
}

function resolvePath(uri: StringMatch | undefined): PathMatchIr {
  if (uri?.exact !== undefined) return { kind: 'exact', value: uri.exact };
  if (uri?.regex !== undefined) return { kind: 'regex', value: uri.regex };
  return { kind: 'prefix', value: uri?.prefix ?? '/' };
}

function resolveHeaders(written: HttpMatchRequest): readonly HeaderMatchIr[] {
  const named = sorted(written.headers).map(([name, match]) => headerMatch(name, match, false));
  const without = sorted(written.withoutHeaders).map(([name, match]) => headerMatch(name, match, true));
  const pseudo = pseudoHeaders.flatMap(([field, name]) => {
    const match = written[field];
    return match === undefined ? [] : [headerMatch(name, match, false)];
  });
  return [...named, ...without, ...pseudo];
}

function headerMatch(name: string, match: StringMatch, invert: boolean): HeaderMatchIr {
  return { name: name.toLowerCase(), match: resolveText(match), invert, ignoreCase: false };
}

/** An empty match, and the regular expression `*`, ask for presence alone. */
export function resolveText({ exact, prefix, regex }: StringMatch): TextMatchIr {
  if (exact !== undefined) return { kind: 'exact', value: exact };
  if (prefix !== undefined) return { kind: 'prefix', value: prefix };
  if (regex !== undefined && regex !== '*') return { kind: 'regex', value: regex };
  return { kind: 'present' };
}

function sorted(
  matches: Readonly<Record<string, StringMatch>> | undefined,
): readonly (readonly [string, StringMatch])[] {
  return Object.entries(matches ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
