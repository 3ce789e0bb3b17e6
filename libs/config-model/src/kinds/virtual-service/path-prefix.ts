import type { HttpMatchRequest, StringMatch } from './spec.js';

/** A match by a prefix of the path, with everything else that it asks for. */
export interface PrefixMatch {
  readonly prefix: string;
  readonly port: number;
  readonly method: string;
  readonly authority: string;
  /** Headers, absent headers and query parameters, each by name. */
  readonly rest: readonly Readonly<Record<string, string>>[];
}

/** Undefined where a match does not ask for a prefix of the path. */
export function pathPrefixOf(match: HttpMatchRequest): PrefixMatch | undefined {
  const prefix = match.uri?.prefix ?? '';
  if (prefix === '') return undefined;
  return {
    prefix,
    port: match.port ?? 0,
    method: wordOf(match.method) || 'exact:GET',
    authority: wordOf(match.authority),
    rest: [match.headers, match.queryParams, match.withoutHeaders].map(wordsOf),
  };
}

/**
 * Whether Istio takes `earlier` to leave nothing for `later`: its path is shorter, and it asks for nothing else that
 * differs. Where one value begins with the other the two count as alike, as Istio counts them; a match without method
 * counts as one for GET.
 */
export function coversPath(earlier: PrefixMatch, later: PrefixMatch): boolean {
  return (
    later.prefix !== earlier.prefix &&
    later.prefix.startsWith(earlier.prefix) &&
    later.port === earlier.port &&
    earlier.method.startsWith(later.method) &&
    earlier.authority.startsWith(later.authority) &&
    earlier.rest.every((words, index) => areAlike(words, later.rest[index] ?? {}))
  );
}

function areAlike(
  earlier: Readonly<Record<string, string>>,
  later: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(earlier);
  return (
    names.length === Object.keys(later).length &&
    names.every((name) => later[name] !== undefined && earlier[name]?.startsWith(later[name]))
  );
}

function wordsOf(matches: Readonly<Record<string, StringMatch>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(matches).map(([name, match]) => [name, wordOf(match)]));
}

/** Patterns count as nothing: they are not compared. */
function wordOf({ exact = '', prefix = '' }: StringMatch = {}): string {
  if (exact !== '') return `exact:${exact}`;
  return prefix === '' ? '' : `prefix:${prefix}`;
}
