import type { Place } from '../../place.js';
import { PathPrefixes, pathPrefixOf } from './path-prefix.js';
import type { HttpMatchRequest, HttpRoute } from './spec.js';

/** Warns of HTTP routes and matches that an earlier one always takes before them. */
export function warnUnreachable(routes: readonly HttpRoute[], place: Place): void {
  warnRepeated(routes, place, 'request');
  const earlier = new PathPrefixes();
  for (const [index, { match = [] }] of routes.entries()) {
    if (match.length === 0) return;
    for (const [position, each] of match.entries())
      warnCovered(each, earlier, place.at(index, 'match', position));
  }
}

function warnCovered(match: HttpMatchRequest, earlier: PathPrefixes, place: Place): void {
  const own = pathPrefixOf(match);
  if (own === undefined) return;
  const covering = earlier.covering(own);
  if (covering !== undefined && match.ignoreUriCase !== true) {
    const prefix = JSON.stringify(covering.prefix);
    place.warning(`is never reached: an earlier match takes every path that begins with ${prefix}`);
  }
  earlier.add(own);
}

interface AnyRoute {
  readonly match?: readonly (object & { readonly name?: string })[];
}

/** Warns of routes of any protocol behind one without match, and of matches that say what an earlier one says. */
export function warnRepeated(routes: readonly AnyRoute[], place: Place, traffic: string): void {
  const seen = new Set<string>();
  let catchAll = false;
  for (const [index, { match = [] }] of routes.entries()) {
    if (catchAll)
      place.at(index).warning(`is never reached: an earlier route without match takes every ${traffic}`);
    else warnSeen(match, seen, place.at(index, 'match'));
    catchAll ||= match.length === 0;
  }
}

function warnSeen(match: NonNullable<AnyRoute['match']>, seen: Set<string>, place: Place): void {
  for (const [position, { name: _name, ...each }] of match.entries()) {
    const written = JSON.stringify(each);
    if (seen.has(written)) place.at(position).warning('is never reached: an earlier match is the same');
    seen.add(written);
  }
}
