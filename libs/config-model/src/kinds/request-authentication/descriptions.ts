import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { claimToHeader, jwtHeader, jwtRule, requestAuthenticationSpec } from './spec.js';

export const requestAuthenticationDescriptions: readonly MessageTexts[] = [
  describeMessage(requestAuthenticationSpec, 'Which tokens of requests are believed.', {
    selector: 'Workloads that it is for; all of the namespace where absent.',
    targetRef: 'Object that it is for; targetRefs is the newer form.',
    targetRefs: 'Gateways or services that it is for.',
    jwtRules: 'Issuers that are believed.',
  }),
  describeMessage(jwtRule, 'An issuer, and how its tokens are checked.', {
    issuer: 'The issuer, as tokens name it.',
    audiences: 'Audiences of which a token must have one.',
    jwksUri: 'Where the issuer’s keys are; found by the issuer where absent.',
    jwks_uri: 'Other spelling of jwksUri.',
    jwks: 'The issuer’s keys themselves.',
    fromHeaders: 'Headers in which tokens are looked for.',
    fromParams: 'Query parameters in which tokens are looked for.',
    outputPayloadToHeader: 'Header that carries the token’s content on.',
    forwardOriginalToken: 'Leaves the token in the request.',
    outputClaimToHeaders: 'Headers that carry single claims on.',
    timeout: 'How long fetching the keys may take.',
    fromCookies: 'Cookies in which tokens are looked for.',
    spaceDelimitedClaims: 'Claims whose text is a list with spaces between.',
    presence: 'Whether a request without a token is refused.',
  }),
  describeMessage(jwtHeader, 'A header in which tokens are looked for.', {
    name: 'Its name.',
    prefix: 'What stands before the token, such as "Bearer ".',
  }),
  describeMessage(claimToHeader, 'A header that carries a claim on.', {
    header: 'Name of the header.',
    claim: 'Name of the claim; "a.b" for one within another.',
  }),
];
