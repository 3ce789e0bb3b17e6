import { admin, route, type JsonValue } from '@istio-ts/xds-types';
import { printMessage, resourceIn, sectionOf, type ConfigDump } from '../dump/config-dump.js';
import { compareText } from './cluster-name.js';
import { renderOrigin } from './origin.js';

/** Route configurations that a proxy uses: those served by istiod first, by number and name, then those in its listeners. */
export function selectRoutes(
  dump: ConfigDump,
  name: string | undefined,
): readonly route.RouteConfiguration[] {
  const { staticRouteConfigs, dynamicRouteConfigs } = sectionOf(dump, admin.RoutesConfigDump);
  const served = dynamicRouteConfigs.flatMap((entry) =>
    resourceIn(entry.routeConfig, route.RouteConfiguration),
  );
  const inline = staticRouteConfigs.flatMap((entry) =>
    resourceIn(entry.routeConfig, route.RouteConfiguration),
  );
  return [...served.sort(compareRoutes), ...inline].filter(
    (each) => name === undefined || each.name === name,
  );
}

/** Names that are ports come first, in the order of numbers. */
function compareRoutes(a: route.RouteConfiguration, b: route.RouteConfiguration): number {
  const [left, right] = [a, b].map(({ name }) => (/^\d+$/.test(name) ? Number(name) : Infinity));
  if (left !== undefined && right !== undefined && left !== right) return left < right ? -1 : 1;
  return compareText(a.name, b.name);
}

export const routeHeader = ['NAME', 'VHOST NAME', 'DOMAINS', 'MATCH', 'VIRTUAL SERVICE'] as const;

/** One row a route; a virtual host without routes answers 404, and says so. */
export function routeRows({ name, virtualHosts }: route.RouteConfiguration): readonly (readonly string[])[] {
  return virtualHosts.flatMap((host) => {
    const start = [name, host.name, renderDomains(host.domains)];
    if (host.routes.length === 0) return [[...start, '/*', '404']];
    return host.routes
      .filter((each) => !isPassthrough(each))
      .map((each) => [...start, renderMatch(each.match), renderOrigin(each.metadata)]);
  });
}

/** Where everything that is not in the mesh goes: in every sidecar, and of no interest. */
function isPassthrough({ action }: route.Route): boolean {
  return (
    action?.$case === 'route' &&
    action.value.clusterSpecifier?.$case === 'cluster' &&
    action.value.clusterSpecifier.value === 'PassthroughCluster'
  );
}

const shownDomains = 2;

/** `reviews, reviews.default + 1 more...`: the short forms, without those that only say one of them at more length. */
export function renderDomains(domains: readonly string[]): string {
  const known = new Set(domains);
  const short = domains.filter((domain) => !shorterForms(domain).some((form) => known.has(form)));
  const more = short.length - shownDomains;
  const shown = short.slice(0, shownDomains).join(', ');
  return more > 0 ? `${shown} + ${more} more...` : shown;
}

/** A domain without its port, without the dot at its end, and without `.svc` and what follows. */
function shorterForms(domain: string): readonly string[] {
  const forms = [/:\d+$/, /\.$/, /\.svc(\..*)?$/].map((ending) => domain.replace(ending, ''));
  return forms.filter((form) => form !== domain);
}

/** The path that a route takes; conditions on headers and parameters are in `-o json`. */
export function renderMatch(match: route.RouteMatch | undefined): string {
  switch (match?.pathSpecifier?.$case) {
    case 'prefix':
      return `${match.pathSpecifier.value}*`;
    case 'path':
      return match.pathSpecifier.value;
    case 'pathSeparatedPrefix':
      return `PathPrefix:${match.pathSpecifier.value}`;
    case 'safeRegex':
      return `regex ${match.pathSpecifier.value.regex}`;
    case 'pathMatchPolicy':
      return match.pathSpecifier.value.name;
    case 'connectMatcher':
      return 'CONNECT';
    case undefined:
      return '';
  }
}

export function printRoutes(routes: readonly route.RouteConfiguration[]): JsonValue {
  return routes.map((each) => printMessage(route.RouteConfiguration, each));
}
