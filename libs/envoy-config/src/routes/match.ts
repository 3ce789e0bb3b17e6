import type { HeaderMatchIr, QueryMatchIr, RouteMatchIr } from '@istio-ts/mesh-ir';
import { route } from '@istio-ts/xds-types';
import { regex, stringMatcher } from '../text-match.js';

export function routeMatch(ir: RouteMatchIr): route.RouteMatch {
  return route.RouteMatch.create({
    pathSpecifier: pathSpecifier(ir),
    caseSensitive: ir.ignoreCase ? false : undefined,
    headers: ir.headers.map(headerMatcher),
    queryParameters: ir.query.map(queryMatcher),
  });
}

function pathSpecifier({ path }: RouteMatchIr): NonNullable<route.RouteMatch['pathSpecifier']> {
  switch (path.kind) {
    case 'prefix':
      return { $case: 'prefix', value: path.value };
    case 'exact':
      return { $case: 'path', value: path.value };
    case 'regex':
      return { $case: 'safeRegex', value: regex(path.value) };
    case 'path-separated-prefix':
      return { $case: 'pathSeparatedPrefix', value: path.value };
  }
}

/** To Envoy a missing header meets no pattern, inverted or not; for us it does not match, so its inversion does. */
function headerMatcher(ir: HeaderMatchIr): route.HeaderMatcher {
  const { match } = ir;
  return route.HeaderMatcher.create({
    name: ir.name,
    headerMatchSpecifier:
      match.kind === 'present'
        ? { $case: 'presentMatch', value: true }
        : { $case: 'stringMatch', value: stringMatcher(match, ir.ignoreCase) },
    invertMatch: ir.invert,
    treatMissingHeaderAsEmpty: ir.invert && match.kind !== 'present',
  });
}

function queryMatcher({ name, match }: QueryMatchIr): route.QueryParameterMatcher {
  return route.QueryParameterMatcher.create({
    name,
    queryParameterMatchSpecifier:
      match.kind === 'present'
        ? { $case: 'presentMatch', value: true }
        : { $case: 'stringMatch', value: stringMatcher(match) },
  });
}
