import type { route } from '@istio-ts/xds-types';
import type { Call } from './call.js';
import { matchesHeader, matchesText, toRegExp } from './match-text.js';

/** The virtual host of a request: exact domain, longest `*suffix`, longest `prefix*`, then `*`. */
export function matchVirtualHost(
  config: route.RouteConfiguration,
  host: string,
): route.VirtualHost | undefined {
  const name = config.ignorePortInHostMatching ? host.replace(/:\d+$/, '') : host;
  const domains = config.virtualHosts.flatMap((virtualHost) =>
    virtualHost.domains.map((domain) => ({ virtualHost, domain })),
  );
  const longest = (fits: (domain: string) => boolean): route.VirtualHost | undefined =>
    domains
      .filter(({ domain }) => domain !== '*' && domain.length <= name.length && fits(domain))
      .sort((a, b) => b.domain.length - a.domain.length)[0]?.virtualHost;
  return (
    domains.find(({ domain }) => domain === name)?.virtualHost ??
    longest((domain) => domain.startsWith('*') && name.endsWith(domain.slice(1))) ??
    longest((domain) => domain.endsWith('*') && name.startsWith(domain.slice(0, -1))) ??
    domains.find(({ domain }) => domain === '*')?.virtualHost
  );
}

/** The first route that a request fits. */
export function matchRoute(routes: readonly route.Route[], call: Call): route.Route | undefined {
  return routes.find(({ match }) => match !== undefined && fitsRoute(match, call));
}

function fitsRoute(match: route.RouteMatch, call: Call): boolean {
  const [path = '', query = ''] = call.path.split('?', 2);
  return (
    fitsPath(match, path) &&
    match.headers.every((header) => matchesHeader(header, headerOf(call, header.name))) &&
    match.queryParameters.every((parameter) => fitsQuery(parameter, queryValue(query, parameter.name)))
  );
}

function fitsPath({ pathSpecifier, caseSensitive = true }: route.RouteMatch, path: string): boolean {
  const fold = (value: string): string => (caseSensitive ? value : value.toLowerCase());
  switch (pathSpecifier?.$case) {
    case 'prefix':
      return fold(path).startsWith(fold(pathSpecifier.value));
    case 'pathSeparatedPrefix':
      return (
        fold(path) === fold(pathSpecifier.value) || fold(path).startsWith(`${fold(pathSpecifier.value)}/`)
      );
    case 'path':
      return fold(path) === fold(pathSpecifier.value);
    case 'safeRegex':
      return toRegExp(`^(?:${pathSpecifier.value.regex})$`).test(path);
    case 'connectMatcher':
    case 'pathMatchPolicy':
    case undefined:
      return false;
  }
}

function headerOf(call: Call, name: string): string | undefined {
  const pseudo: Readonly<Record<string, string>> = {
    ':method': call.method,
    ':authority': call.host,
    ':path': call.path,
    ':scheme': call.tls === 'plaintext' ? 'http' : 'https',
  };
  return pseudo[name] ?? call.headers[name.toLowerCase()];
}

function queryValue(query: string, name: string): string | undefined {
  const pair = query.split('&').find((each) => each === name || each.startsWith(`${name}=`));
  return pair?.slice(name.length + 1);
}

function fitsQuery(
  { queryParameterMatchSpecifier: specifier }: route.QueryParameterMatcher,
  value: string | undefined,
): boolean {
  if (specifier?.$case === 'presentMatch') return (value !== undefined) === specifier.value;
  if (value === undefined) return false;
  return specifier === undefined || matchesText(specifier.value, value);
}
