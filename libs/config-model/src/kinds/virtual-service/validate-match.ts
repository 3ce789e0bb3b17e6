import type { Place } from '../../place.js';
import { isNamespaceName } from '../../checks/check-export-to.js';
import { checkMatchedHeaderName } from '../../checks/check-header.js';
import { checkLabels } from '../../checks/check-labels.js';
import { checkPort } from '../../checks/check-number.js';
import { checkRegex } from '../../checks/check-regex.js';
import { checkGateways } from './check-gateways.js';
import type { HttpMatchRequest, StringMatch } from './spec.js';
import type { RouteScope } from './route-scope.js';

const claimPrefix = '@request.auth.claims';
const claim = /^@request\.auth\.claims(?:\.[^.]|\[[^\]]+\])/u;

export function validateHttpMatch(match: HttpMatchRequest, { atGateway }: RouteScope, place: Place): void {
  for (const field of ['scheme', 'method', 'authority'] as const)
    checkStringMatch(match[field], place.at(field));
  if (match.uri?.prefix !== '') checkStringMatch(match.uri, place.at('uri'));
  for (const field of ['headers', 'withoutHeaders'] as const) {
    for (const [name, value] of Object.entries(match[field] ?? {})) {
      const at = place.at(field, name);
      if (name.startsWith(claimPrefix)) checkClaim(name, atGateway, at);
      else checkMatchedHeaderName(name, at);
      // A pattern "*" among absent headers means: whatever its value.
      if (field === 'headers' || value.regex !== '*') checkStringMatch(value, at);
    }
  }
  for (const [name, value] of Object.entries(match.queryParams ?? {}))
    checkStringMatch(value, place.at('queryParams', name));
  if (match.port !== undefined && match.port !== 0) checkPort(match.port, place.at('port'));
  checkLabels(match.sourceLabels, place.at('sourceLabels'));
  checkGateways(match.gateways, place.at('gateways'));
  const { sourceNamespace = '' } = match;
  if (sourceNamespace !== '' && !isNamespaceName(sourceNamespace)) {
    place.at('sourceNamespace').error(`${JSON.stringify(sourceNamespace)} is not a namespace name`);
  }
}

/** An empty object or an empty `exact` only asks for presence; an empty prefix or pattern would match by accident. */
export function checkStringMatch(match: StringMatch | undefined, place: Place): void {
  if (match === undefined) return;
  if (match.prefix === '') place.at('prefix').error('is empty and would match everything; leave it out');
  if (match.regex === '') place.at('regex').error('is empty and would match nothing; leave it out');
  else if (match.regex !== undefined) checkRegex(match.regex, place.at('regex'));
}

/** Routing by a JWT's claims happens where requests enter the mesh. */
function checkClaim(name: string, atGateway: boolean, place: Place): void {
  if (!claim.test(name))
    place.error(`${JSON.stringify(name)} names no claim; write "@request.auth.claims.NAME"`);
  if (!atGateway) place.error('matching by JWT claims is for gateways only; name one in gateways');
}
