import type { Place } from '../../place.js';
import { checkPolicyTarget } from '../../checks/check-policy-target.js';
import { isPlainHeaderName } from '../../checks/check-header.js';
import { checkDuration } from '../../checks/check-number.js';
import type { JwtRule, RequestAuthenticationSpec } from './spec.js';

/** What would make a RequestAuthentication impossible or meaningless to carry out. */
export function validateRequestAuthentication(spec: RequestAuthenticationSpec, place: Place): void {
  checkPolicyTarget(spec, place);
  for (const [index, rule] of (spec.jwtRules ?? []).entries())
    validateJwtRule(rule, place.at('jwtRules', index));
}

function validateJwtRule(rule: JwtRule, place: Place): void {
  const { issuer = '', jwksUri, jwks_uri, jwks = '', fromHeaders = [], outputClaimToHeaders = [] } = rule;
  if (issuer + (jwksUri ?? '') + (jwks_uri ?? '') + jwks === '')
    place.error('needs an issuer, or keys by jwksUri or jwks');
  for (const [field, uri] of Object.entries({ jwksUri, jwks_uri })) {
    if (uri !== undefined && !isKeysUri(uri))
      place.at(field).error(`${JSON.stringify(uri)} is not a URL that begins with http:// or https://`);
  }
  if (jwks !== '' && !isKeySet(jwks))
    place.at('jwks').error('is not a JSON Web Key Set; it begins with {"keys": [');
  for (const field of ['audiences', 'fromParams', 'fromCookies', 'spaceDelimitedClaims'] as const)
    checkNoEmpty(rule[field] ?? [], place.at(field));
  checkNoEmpty(
    fromHeaders.map(({ name }) => name),
    place.at('fromHeaders'),
  );
  for (const [index, { header, claim }] of outputClaimToHeaders.entries()) {
    const at = place.at('outputClaimToHeaders', index);
    if (!isPlainHeaderName(header)) at.at('header').error(`${JSON.stringify(header)} is not a header name`);
    if (claim === '') at.at('claim').error('is required');
  }
  checkDuration(rule.timeout, place.at('timeout'));
}

function checkNoEmpty(values: readonly string[], place: Place): void {
  for (const [index, value] of values.entries()) if (value === '') place.at(index).error('is empty');
}

function isKeysUri(text: string): boolean {
  const match = /^https?:\/\/([^/?#]+)/u.exec(text);
  return match !== null && URL.canParse(text);
}

/** A set of keys, of which each says what kind it is. */
function isKeySet(text: string): boolean {
  try {
    const set: unknown = JSON.parse(text);
    if (typeof set !== 'object' || set === null || !('keys' in set) || !Array.isArray(set.keys)) return false;
    return set.keys.every((key: unknown) => typeof key === 'object' && key !== null && 'kty' in key);
  } catch {
    return false;
  }
}
