import type { Place } from '../../place.js';
import { checkWildcardDomainOrIp } from '../../checks/check-host.js';
import { checkLabels } from '../../checks/check-labels.js';
import { checkIpOrCidr } from '../../checks/check-names.js';
import { checkPort } from '../../checks/check-number.js';
import { parseGeneratedSni } from '../../naming/generated-sni.js';
import { hostSubsetOf } from '../../naming/host.js';
import { isIpAddress } from '../../naming/ip-address.js';
import { checkGateways } from './check-gateways.js';
import type { L4MatchAttributes, TcpRoute, TlsRoute } from './spec.js';
import { validateWeights } from './validate-destination.js';
import type { RouteScope } from './route-scope.js';

export function validateTlsRoute({ match, route = [] }: TlsRoute, scope: RouteScope, place: Place): void {
  if (match.length === 0) place.at('match').error('a TLS route needs a match with sniHosts');
  for (const [index, attributes] of match.entries()) {
    const at = place.at('match', index);
    if (attributes.sniHosts.length === 0) at.at('sniHosts').error('needs at least one host');
    for (const [position, host] of attributes.sniHosts.entries())
      checkSniHost(host, scope, at.at('sniHosts', position));
    checkMatch(attributes, at);
  }
  checkRoute(route, scope, place);
}

export function validateTcpRoute(
  { match = [], route = [] }: TcpRoute,
  scope: RouteScope,
  place: Place,
): void {
  for (const [index, attributes] of match.entries()) {
    const at = place.at('match', index);
    checkMatch(attributes, at);
  }
  checkRoute(route, scope, place);
}

function checkSniHost(host: string, { hosts, atGateway }: RouteScope, place: Place): void {
  if (isIpAddress(host)) {
    place.warning(`${host} is an IP address, which clients never send as SNI: this never matches`);
    return;
  }
  if (!(atGateway && parseGeneratedSni(host))) checkWildcardDomainOrIp(host, place);
  if (hosts.length > 0 && !hosts.some((own) => hostSubsetOf(host, own))) {
    place.error(`${JSON.stringify(host)} is not covered by the hosts of the VirtualService`);
  }
}

function checkMatch(match: Omit<L4MatchAttributes, 'sourceSubnet'>, place: Place): void {
  for (const [index, subnet] of (match.destinationSubnets ?? []).entries()) {
    checkIpOrCidr(subnet, place.at('destinationSubnets', index));
  }
  if (match.port !== undefined && match.port !== 0) checkPort(match.port, place.at('port'));
  checkLabels(match.sourceLabels, place.at('sourceLabels'));
  checkGateways(match.gateways, place.at('gateways'));
}

function checkRoute(route: NonNullable<TcpRoute['route']>, scope: RouteScope, place: Place): void {
  if (route.length === 0) place.at('route').error('needs at least one destination');
  validateWeights(route, scope, place.at('route'));
}
