import type { Static } from '@sinclair/typebox';
import { duration, flag, list, message, text, textOf, words, type Rule } from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';
import { targetReference, targetReferences } from '../target-reference.js';
import { workloadSelector } from '../workload-selector.js';

const notEmpty = textOf({ minLength: 1 });

const httpScheme: Rule = {
  rule: "url(self).getScheme() in ['http', 'https']",
  message: 'a URL that begins with http:// or https://',
};

const keysUri = textOf({ minLength: 1, maxLength: 2048, rules: [httpScheme] });

export type JwtHeader = Static<typeof jwtHeader>;
export const jwtHeader = message({ name: notEmpty, prefix: text }, ['name']);

export type ClaimToHeader = Static<typeof claimToHeader>;
export const claimToHeader = message(
  { header: textOf({ minLength: 1, pattern: '^[-_A-Za-z0-9]+$' }), claim: notEmpty },
  ['header', 'claim'],
);

export type JwtRule = Static<typeof jwtRule>;
export const jwtRule = message(
  {
    issuer: notEmpty,
    audiences: list(notEmpty),
    jwksUri: keysUri,
    jwks_uri: keysUri,
    jwks: text,
    fromHeaders: list(jwtHeader),
    fromParams: list(notEmpty),
    outputPayloadToHeader: text,
    forwardOriginalToken: flag,
    outputClaimToHeaders: list(claimToHeader),
    timeout: duration,
    fromCookies: list(notEmpty),
    spaceDelimitedClaims: list(notEmpty, { maxItems: 64 }),
    presence: words('OPTIONAL', 'REQUIRED'),
  },
  [],
  { rules: [atMostOneOf('jwksUri', 'jwks_uri', 'jwks')] },
);

/** security.istio.io RequestAuthentication, as written. */
export type RequestAuthenticationSpec = Static<typeof requestAuthenticationSpec>;
export const requestAuthenticationSpec = message(
  {
    selector: workloadSelector,
    targetRef: targetReference,
    targetRefs: targetReferences,
    jwtRules: list(jwtRule, { maxItems: 4096 }),
  },
  [],
  { rules: [atMostOneOf('selector', 'targetRef', 'targetRefs')] },
);
