import type { Place } from '../../place.js';
import { checkPortName, checkUnique } from '../../checks/check-names.js';
import { checkPort } from '../../checks/check-number.js';
import { checkProtocol } from '../../checks/check-protocol.js';
import { checkUnixAddress, unixPrefix } from '../../checks/check-unix-address.js';
import { isIpAddress } from '../../naming/ip-address.js';
import { isHttp, isTls, parseProtocol } from '../../naming/port-protocol.js';
import { validateConnectionPool } from '../destination-rule/validate-traffic-policy.js';
import type { ServerTlsSettings } from '../gateway/spec.js';
import { validateServerTls } from '../gateway/validate-tls.js';
import type { IstioIngressListener, SidecarPort } from './spec.js';

export function validateIngress(listeners: readonly IstioIngressListener[], place: Place): void {
  for (const [index, listener] of listeners.entries()) validateListener(listener, place.at(index));
  checkUnique(
    listeners,
    ({ port }) => port.number,
    (index, number) => {
      place.at(index, 'port', 'number').error(`the port number ${number} stands here twice`);
    },
  );
}

function validateListener(listener: IstioIngressListener, place: Place): void {
  const { port, bind = '', defaultEndpoint = '', tls, connectionPool } = listener;
  checkPort(port.number, place.at('port', 'number'));
  checkSidecarPort(port, place.at('port'));
  if (bind !== '' && !isIpAddress(bind))
    place.at('bind').error(`${JSON.stringify(bind)} is not an IP address`);
  if (defaultEndpoint !== '') checkDefaultEndpoint(defaultEndpoint, place.at('defaultEndpoint'));
  if (tls) validateTls(tls, port, place.at('tls'));
  if (connectionPool === undefined) return;
  validateConnectionPool(connectionPool, place.at('connectionPool'));
  if (connectionPool.http && !isHttp(parseProtocol(port.protocol ?? ''))) {
    place
      .at('connectionPool', 'http')
      .warning(`has no effect: port ${port.number ?? 0} is of protocol ${port.protocol ?? 'unknown'}`);
  }
}

/** Name and protocol, both optional. */
export function checkSidecarPort({ name = '', protocol, targetPort }: SidecarPort, place: Place): void {
  if (name !== '') checkPortName(name, place.at('name'));
  checkProtocol(protocol, place.at('protocol'));
  if ((targetPort ?? 0) !== 0) place.at('targetPort').error('has no meaning in a Sidecar');
}

const localHosts = ['', '127.0.0.1', '0.0.0.0', '::1', '::'];

/** The application stands beside the proxy: a local address with a port, or a socket. */
function checkDefaultEndpoint(endpoint: string, place: Place): void {
  if (endpoint.startsWith(unixPrefix)) {
    checkUnixAddress(endpoint, place);
    return;
  }
  const match = /^(?:\[([^\]]*)\]|([^:]*)):(\d{1,5})$/u.exec(endpoint);
  const host = match?.[1] ?? match?.[2];
  if (host === undefined || !localHosts.includes(host)) {
    place.error(
      `${JSON.stringify(endpoint)} is not local; write 127.0.0.1:PORT, 0.0.0.0:PORT, [::1]:PORT, [::]:PORT or unix://PATH`,
    );
  } else checkPort(Number(match?.[3]), place);
}

function validateTls(tls: ServerTlsSettings, { protocol = '' }: SidecarPort, place: Place): void {
  const why = 'is not supported at the ingress of a sidecar';
  if (tls.httpsRedirect === true) place.at('httpsRedirect').error(why);
  if (tls.credentialName !== undefined && tls.credentialName !== '') place.at('credentialName').error(why);
  for (const field of ['subjectAltNames', 'credentialNames', 'tlsCertificates'] as const)
    if ((tls[field] ?? []).length > 0) place.at(field).error(why);
  if (tls.mode === 'ISTIO_MUTUAL' || tls.mode === 'AUTO_PASSTHROUGH')
    place.at('mode').error(`${tls.mode} ${why}`);
  if (!isTls(parseProtocol(protocol))) place.error('needs a port of protocol HTTPS or TLS');
  validateServerTls(tls, place);
}
