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

/** The matches by path prefix that were seen so far; asked for one that leaves nothing for a later one. */
export class PathPrefixes {
  private readonly byPrefix = new Map<string, PrefixMatch[]>();
  private readonly lengths = new Set<number>();
  /** Characters and matches that are still compared: warnings of endless lists of endless paths are not worth their time. */
  private budget = 10_000_000;

  add(match: PrefixMatch): void {
    const same = this.byPrefix.get(match.prefix);
    if (same) same.push(match);
    else this.byPrefix.set(match.prefix, [match]);
    this.lengths.add(match.prefix.length);
  }

  /** One that takes every path of `later` before it. Costs what there are lengths of prefixes, not matches. */
  covering(later: PrefixMatch): PrefixMatch | undefined {
    for (const length of this.lengths) {
      if (length >= later.prefix.length) continue;
      const candidates = this.byPrefix.get(later.prefix.slice(0, length)) ?? [];
      this.budget -= length + candidates.length;
      if (this.budget < 0) return undefined;
      const found = candidates.find((earlier) => asksForNoMore(earlier, later));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

/**
 * Whether a match asks, beside the path, for nothing that differs from what a later one asks for. Where one value begins
 * with the other the two count as alike, as Istio counts them; a match without method counts as one for GET.
 */
function asksForNoMore(earlier: PrefixMatch, later: PrefixMatch): boolean {
  return (
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
