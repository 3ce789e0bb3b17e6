import type { Place } from '../../place.js';
import { checkDurationOrZero, checkPercent } from '../../checks/check-number.js';
import { isNamespaceName } from '../../checks/check-export-to.js';
import type { HttpRoute } from './spec.js';
import { validateDirectResponse, validateRedirect, validateRewrite } from './validate-actions.js';
import { validateCors } from './validate-cors.js';
import { validateDestination, validateWeights } from './validate-destination.js';
import { checkAuthorityOnce, validateHeaders } from './validate-headers.js';
import { validateFault } from './validate-fault.js';
import { validateHttpMatch } from './validate-match.js';
import { validateRetries } from './validate-retries.js';
import type { RouteScope } from './route-scope.js';

export function validateHttpRoute(route: HttpRoute, scope: RouteScope, place: Place): void {
  checkActions(route, scope, place);
  for (const [index, match] of (route.match ?? []).entries())
    validateHttpMatch(match, scope, place.at('match', index));
  validateWeights(route.route ?? [], scope, place.at('route'));
  for (const [index, { headers }] of (route.route ?? []).entries())
    validateHeaders(headers, place.at('route', index, 'headers'));
  validateHeaders(route.headers, place.at('headers'));
  if (route.redirect) validateRedirect(route.redirect, route.match ?? [], place.at('redirect'));
  if (route.directResponse) validateDirectResponse(route.directResponse, place.at('directResponse'));
  if (route.rewrite) validateRewrite(route.rewrite, place.at('rewrite'));
  if (route.fault) validateFault(route.fault, place.at('fault'));
  if (route.retries) validateRetries(route.retries, place.at('retries'));
  if (route.corsPolicy) validateCors(route.corsPolicy, place.at('corsPolicy'));
  checkDurationOrZero(route.timeout, place.at('timeout'));
  validateMirrors(route, place);
  checkAuthorityOnce(route, place);
}

/** A route does one thing: forwards, redirects, answers, or hands on to a delegate. */
function checkActions(route: HttpRoute, { delegate }: RouteScope, place: Place): void {
  const forwards = (route.route ?? []).length > 0;
  const actions = [
    forwards && 'route',
    route.redirect && 'redirect',
    route.directResponse && 'directResponse',
    route.delegate && 'delegate',
  ].filter((action) => typeof action === 'string');
  if (actions.length === 0) place.error('needs one of route, redirect, directResponse and delegate');
  if (actions.length > 1) place.error(`only one of ${actions.join(', ')} may be set`);
  for (const field of ['rewrite', 'fault'] as const) {
    if (route[field] && (route.redirect ?? route.directResponse))
      place.at(field).error('is for routes that forward');
  }
  if (route.delegate) checkDelegateReference(route.delegate, delegate, place.at('delegate'));
}

function checkDelegateReference(
  { name = '', namespace = '' }: NonNullable<HttpRoute['delegate']>,
  inDelegate: boolean,
  place: Place,
): void {
  if (inDelegate) place.error('a delegate cannot hand on to another delegate');
  if (name === '') place.at('name').error('is required');
  if (namespace !== '' && !isNamespaceName(namespace))
    place.at('namespace').error(`${JSON.stringify(namespace)} is not a namespace name`);
}

function validateMirrors(
  { mirror, mirrors = [], mirrorPercent, mirror_percent, mirrorPercentage }: HttpRoute,
  place: Place,
): void {
  if (mirror && mirrors.length > 0)
    place.at('mirrors').error('cannot be combined with mirror; use mirrors alone');
  if (mirror) validateDestination(mirror, place.at('mirror'));
  for (const [index, { destination, percentage }] of mirrors.entries()) {
    validateDestination(destination, place.at('mirrors', index, 'destination'));
    checkPercent(percentage?.value, place.at('mirrors', index, 'percentage', 'value'));
  }
  checkPercent(mirrorPercentage?.value, place.at('mirrorPercentage', 'value'));
  for (const [field, percent] of [
    ['mirrorPercent', mirrorPercent] as const,
    ['mirror_percent', mirror_percent] as const,
  ]) {
    if (percent === undefined) continue;
    checkPercent(percent, place.at(field));
    place.at(field).warning('is deprecated; use mirrorPercentage');
  }
}
