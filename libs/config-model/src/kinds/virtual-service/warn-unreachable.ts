import type { Place } from '../../place.js';
import type { HttpMatchRequest, HttpRoute } from './spec.js';

/** Warns of routes and matches that an earlier one always takes before them. */
export function warnUnreachable(routes: readonly HttpRoute[], place: Place): void {
  const seen = new Set<string>();
  const prefixes: string[] = [];
  let catchAll = false;
  for (const [index, { match = [] }] of routes.entries()) {
    if (catchAll)
      place.at(index).warning('is never reached: an earlier route without match takes every request');
    catchAll ||= match.length === 0;
    for (const [position, each] of match.entries()) {
      if (!catchAll) warnMatch(each, { seen, prefixes }, place.at(index, 'match', position));
    }
  }
}

interface Earlier {
  readonly seen: Set<string>;
  /** Of earlier matches that ask for a prefix of the path and nothing else. */
  readonly prefixes: string[];
}

function warnMatch(
  { name: _name, ...match }: HttpMatchRequest,
  { seen, prefixes }: Earlier,
  place: Place,
): void {
  const written = JSON.stringify(match);
  const prefix = match.uri?.prefix;
  const covering = prefix === undefined ? undefined : prefixes.find((other) => prefix.startsWith(other));
  if (seen.has(written)) place.warning('is never reached: an earlier match is the same');
  else if (covering !== undefined && match.ignoreUriCase !== true) {
    place.warning(
      `is never reached: an earlier match takes every path that begins with ${JSON.stringify(covering)}`,
    );
  }
  seen.add(written);
  if (prefix !== undefined && prefix !== '' && Object.keys(match).length === 1) prefixes.push(prefix);
}
