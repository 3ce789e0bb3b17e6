import type { HttpMatchRequest, PathKey } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { finding, type Finding } from '../finding.js';
import { ruleName } from './rule-names.js';

type VirtualService = ObjectOf<'VirtualService'>;
type StringMatches = HttpMatchRequest['headers'];

/** A match by the beginning of the path, with all else that it asks for. */
interface PrefixMatch {
  readonly rule: string;
  readonly match: string;
  readonly prefix: string;
  readonly conditions: Conditions;
  readonly path: readonly PathKey[];
}

interface Conditions {
  readonly port: number;
  /** What the method and the authority begin with; '' is anything. */
  readonly words: readonly string[];
  readonly maps: readonly ReadonlyMap<string, string>[];
}

/** Matches by a path that an earlier match, for a beginning of that path, takes all requests of. */
export function coveredPrefixes(object: VirtualService): readonly Finding[] {
  const matches = prefixMatches(object);
  return matches.flatMap((later, index) =>
    matches
      .slice(0, index)
      .filter((earlier) => covers(earlier, later))
      .map((earlier) => {
        const matchno = `${later.match} of prefix ${later.prefix}`;
        const dupno = `${earlier.match} of prefix ${earlier.prefix} on ${earlier.rule}`;
        const args = { ruleno: later.rule, matchno, dupno };
        return finding('VirtualServiceIneffectiveMatch', object, args, later.path);
      }),
  );
}

/** Up to the first rule that takes everything: what comes behind is not reached anyway. Matches that stand twice count once. */
function prefixMatches({ spec: { http = [] } }: VirtualService): readonly PrefixMatch[] {
  const end = http.findIndex(({ match = [] }) => match.length === 0);
  const reached = end === -1 ? http : http.slice(0, end);
  const seen = new Set<string>();
  return reached.flatMap((rule, index) =>
    (rule.match ?? []).flatMap((match, position) => {
      const prefix = match.uri?.prefix ?? '';
      const shape = JSON.stringify({ ...match, name: undefined });
      if (prefix === '' || seen.has(shape)) return [];
      seen.add(shape);
      return [
        {
          rule: ruleName(rule, index),
          match: ruleName(match, position),
          prefix,
          conditions: conditionsOf(match),
          path: ['spec', 'http', index, 'match', position],
        },
      ];
    }),
  );
}

/** Without a method a match is compared as if it were for GET, like Istio does. */
function conditionsOf(match: HttpMatchRequest): Conditions {
  const method = word(match.method);
  return {
    port: match.port ?? 0,
    words: [method === '' ? 'exact GET' : method, word(match.authority)],
    maps: [match.headers, match.queryParams, match.withoutHeaders].map(wordsOf),
  };
}

function covers(earlier: PrefixMatch, later: PrefixMatch): boolean {
  if (earlier.prefix === later.prefix || !later.prefix.startsWith(earlier.prefix)) return false;
  const [left, right] = [earlier.conditions, later.conditions];
  return (
    left.port === right.port &&
    left.words.every((each, index) => each.startsWith(right.words[index] ?? '')) &&
    left.maps.every((each, index) => mapCovers(each, right.maps[index] ?? new Map()))
  );
}

function mapCovers(left: ReadonlyMap<string, string>, right: ReadonlyMap<string, string>): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([key, value]) => {
    const other = right.get(key);
    return other !== undefined && value.startsWith(other);
  });
}

function wordsOf(matches: StringMatches = {}): ReadonlyMap<string, string> {
  return new Map(Object.entries(matches).map(([key, match]) => [key, word(match)]));
}

/** An exact word or a beginning; expressions are not compared. */
function word(match: { readonly exact?: string; readonly prefix?: string } = {}): string {
  if ((match.exact ?? '') !== '') return `exact ${match.exact ?? ''}`;
  return (match.prefix ?? '') === '' ? '' : `prefix ${match.prefix ?? ''}`;
}
