import type { Place } from '../../place.js';
import type { ObjectMeta } from '../../resource.js';
import { isNamespaceName } from '../../checks/check-export-to.js';
import { checkWildcardDomainOrIp, isPartialWildcard } from '../../checks/check-host.js';
import { checkUnique } from '../../checks/check-names.js';
import { checkPort } from '../../checks/check-number.js';
import { checkUnixAddress, unixPrefix } from '../../checks/check-unix-address.js';
import { isHttp, isTls, parseProtocol, protocols } from '../../naming/port-protocol.js';
import { parseScopedHost } from '../../naming/host.js';
import { isIpAddress } from '../../naming/ip-address.js';
import { suggest } from '../../nearest-name.js';
import type { GatewayServer, GatewaySpec, ServerTlsSettings } from './spec.js';
import { validateServerTls } from './validate-tls.js';

/** VirtualServices name Gateways as `namespace/name`, and the old form had dots between the two. */
export function checkGatewayName({ name }: ObjectMeta, root: Place): void {
  if (!isNamespaceName(name))
    root
      .at('metadata', 'name')
      .error(`the Gateway name ${JSON.stringify(name)} must have no dots and 63 characters at most`);
}

/** What would make a Gateway impossible or meaningless to carry out. */
export function validateGateway({ servers = [] }: GatewaySpec, place: Place): void {
  if (servers.length === 0) place.at('servers').error('a Gateway needs at least one server');
  for (const [index, server] of servers.entries()) validateServer(server, place.at('servers', index));
  checkUnique(
    servers,
    ({ port }) => port.name,
    (index, name) => {
      place
        .at('servers', index, 'port', 'name')
        .error(`the port name ${JSON.stringify(name)} stands here twice`);
    },
  );
}

function validateServer(server: GatewayServer, place: Place): void {
  if (server.hosts.length === 0) place.at('hosts').error('needs at least one host');
  for (const [index, host] of server.hosts.entries()) validateServerHost(host, place.at('hosts', index));
  validatePort(server, place);
  validateProtocol(server, place);
  if (server.tls) validateServerTls(server.tls, place.at('tls'));
}

function validateServerHost(written: string, place: Place): void {
  const { namespace, host } = parseScopedHost(written);
  if (namespace !== undefined && !['*', '.'].includes(namespace) && !isNamespaceName(namespace)) {
    place.error(`invalid namespace ${JSON.stringify(namespace)}; use a name, "." (own) or "*" (all)`);
  }
  if (isPartialWildcard(host))
    place.error(`the partial wildcard ${JSON.stringify(host)} is not allowed; use "*." or "*"`);
  else if (host !== '*' && !host.includes('.') && !isIpAddress(host))
    place.error(`${JSON.stringify(host)} is a short name; a Gateway needs full names`);
  else checkWildcardDomainOrIp(host, place);
}

function validatePort({ port, bind = '' }: GatewayServer, place: Place): void {
  const number = place.at('port', 'number');
  if (bind.startsWith(unixPrefix)) {
    checkUnixAddress(bind, place.at('bind'));
    if (port.number !== 0) number.error('the port number must be 0 for a unix domain socket');
  } else {
    checkPort(port.number, number);
    if (bind !== '' && !isIpAddress(bind))
      place.at('bind').error(`${JSON.stringify(bind)} is not an IP address`);
  }
  if (port.name === '') place.at('port', 'name').error('the port needs a name');
  if ((port.targetPort ?? 0) !== 0)
    place.at('port', 'targetPort').error('has no meaning here: a Gateway listens on the port itself');
}

function validateProtocol({ port, tls }: GatewayServer, place: Place): void {
  const protocol = parseProtocol(port.protocol);
  if (protocol === 'Unsupported') {
    const written = JSON.stringify(port.protocol);
    place.at('port', 'protocol').error(`${written} is not a protocol${suggest(port.protocol, protocols)}`);
  } else if (isTls(protocol)) {
    if (tls === undefined) place.at('tls').error(`a server of protocol ${protocol} must have TLS settings`);
  } else if (tls && !(isHttp(protocol) && terminatesNothing(tls))) {
    place.at('tls').error(`a server of protocol ${protocol} cannot have TLS settings; use HTTPS or TLS`);
  }
  if (tls?.httpsRedirect === true && !isHttp(protocol))
    place.at('tls', 'httpsRedirect').warning(`is for servers of protocol HTTP, which redirect to this one`);
}

/** TLS settings that say no more than that plain requests are redirected. */
function terminatesNothing(tls: ServerTlsSettings): boolean {
  const passes = tls.mode === undefined || tls.mode === 'PASSTHROUGH' || tls.mode === 'AUTO_PASSTHROUGH';
  return passes && !files.some((field) => (tls[field] ?? '') !== '');
}

const files = ['serverCertificate', 'privateKey', 'caCertificates'] as const;
