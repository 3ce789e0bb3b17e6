import type { Place } from '../../place.js';
import { checkHeaderName, checkHeaderValue } from '../../checks/check-header.js';
import type { HeaderOperations, Headers, HttpRoute } from './spec.js';

export function validateHeaders(headers: Headers | undefined, place: Place): void {
  if (headers?.request) validateOperations(headers.request, true, place.at('request'));
  if (headers?.response) validateOperations(headers.response, false, place.at('response'));
}

function validateOperations(
  { set = {}, add = {}, remove = [] }: HeaderOperations,
  request: boolean,
  place: Place,
): void {
  for (const [field, values] of [['set', set] as const, ['add', add] as const]) {
    for (const [name, value] of Object.entries(values)) {
      checkOperationName(name, request && isAuthority(name), place.at(field, name));
      checkHeaderValue(value, place.at(field, name));
    }
  }
  for (const [index, name] of remove.entries()) checkOperationName(name, false, place.at('remove', index));
}

/** Envoy routes by the pseudo headers and by `Host`: of them only the authority of a request may be written. */
function checkOperationName(name: string, allowed: boolean, place: Place): void {
  if (allowed) return;
  if (name.startsWith(':') || isAuthority(name)) place.error(`the header ${name} cannot be changed`);
  else checkHeaderName(name, place);
}

function isAuthority(name: string): boolean {
  return [':authority', 'host'].includes(name.toLowerCase());
}

/** The authority of a request can be written once: by `rewrite`, or by one of the header operations. */
export function checkAuthorityOnce({ rewrite, headers }: HttpRoute, place: Place): void {
  const { set = {}, add = {} } = headers?.request ?? {};
  const written = [set, add].flatMap((values) =>
    Object.entries(values).filter(([name, value]) => isAuthority(name) && value !== ''),
  );
  const byRewrite = rewrite?.authority ? 1 : 0;
  if (written.length + byRewrite < 2) return;
  const at = byRewrite === 1 ? place.at('rewrite', 'authority') : place.at('headers', 'request');
  at.error(
    'the authority of a request is written twice; use one of rewrite.authority, ":authority" and "host"',
  );
}
