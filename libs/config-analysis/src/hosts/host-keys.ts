import { hostMatches, isWildcard } from '@istio-ts/config-model';

/**
 * Keys by which objects with hosts find others whose hosts overlap with theirs, without looking at all. They narrow down;
 * whether two hosts overlap `hostMatches` says.
 */

/** Keys that a host is filed under: its own, and one for every wildcard above it. */
export function keysOfHost(host: string): readonly string[] {
  const own = isWildcard(host) ? `= ${dottedWildcard(host)}` : `= ${host}`;
  return [own, ...wildcardsAbove(host).map((wildcard) => `< ${wildcard}`)];
}

/** Keys under which everything is filed that may overlap with a host. */
export function keysOverlapping(host: string): readonly string[] {
  const above = wildcardsAbove(host).map((wildcard) => `= ${wildcard}`);
  return isWildcard(host) ? [...above, `< ${dottedWildcard(host)}`] : [`= ${host}`, ...above];
}

/** `*`, `*.com`, `*.example.com` for `www.example.com`; a wildcard is above itself. */
function wildcardsAbove(host: string): readonly string[] {
  const labels = (isWildcard(host) ? dottedWildcard(host) : host).split('.');
  return ['*', ...labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`)];
}

/** `*.example.com` for `*-www.example.com`: the next wildcard that begins at a dot. */
function dottedWildcard(host: string): string {
  const dot = host.indexOf('.');
  return dot === -1 ? '*' : `*${host.slice(dot)}`;
}

export function anyHostMatches(hosts: readonly string[], others: readonly string[]): boolean {
  return hosts.some((host) => others.some((other) => hostMatches(host, other)));
}
