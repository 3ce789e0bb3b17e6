import type { Place } from '../../place.js';
import {
  checkDuration,
  checkDurationOrZero,
  checkNotNegative,
  checkPercent,
  checkPort,
} from '../../checks/check-number.js';
import { checkDomain } from '../../checks/check-host.js';
import { isIpAddress } from '../../naming/ip-address.js';
import type {
  ConnectionPoolSettings,
  HttpSettings,
  OutlierDetection,
  PortTrafficPolicy,
  TcpSettings,
  TrafficPolicy,
} from './traffic-policy.js';
import { validateLoadBalancer } from './validate-load-balancer.js';
import { validateClientTls } from './validate-tls.js';

export function validateTrafficPolicy(policy: TrafficPolicy, place: Place): void {
  if (Object.keys(policy).length === 0) place.error('is empty: set at least one field, or leave it out');
  validateSettings(policy, place);
  for (const [index, port] of (policy.portLevelSettings ?? []).entries()) {
    const at = place.at('portLevelSettings', index);
    if (port.port === undefined) at.at('port').error('is required');
    else checkPort(port.port.number, at.at('port', 'number'));
    if (Object.keys(port).every((field) => field === 'port'))
      at.error('says nothing about the port: set at least one field');
    validateSettings(port, at);
  }
  if (policy.tunnel && policy.proxyProtocol) place.error('only one of tunnel and proxyProtocol may be set');
  if (policy.tunnel) validateTunnel(policy.tunnel, place.at('tunnel'));
}

type Settings = Omit<PortTrafficPolicy, 'port'>;

function validateSettings(
  { connectionPool, loadBalancer, outlierDetection, tls }: Settings,
  place: Place,
): void {
  if (connectionPool) validateConnectionPool(connectionPool, place.at('connectionPool'));
  if (loadBalancer)
    validateLoadBalancer(loadBalancer, outlierDetection !== undefined, place.at('loadBalancer'));
  if (outlierDetection) validateOutlierDetection(outlierDetection, place.at('outlierDetection'));
  if (tls) validateClientTls(tls, place.at('tls'));
}

export function validateConnectionPool({ tcp, http }: ConnectionPoolSettings, place: Place): void {
  if (tcp === undefined && http === undefined) place.error('needs tcp or http settings');
  if (tcp) validateTcpSettings(tcp, place.at('tcp'));
  if (http) validateHttpSettings(http, place.at('http'));
}

function validateTcpSettings(tcp: TcpSettings, place: Place): void {
  checkNotNegative(tcp.maxConnections, place.at('maxConnections'));
  checkDuration(tcp.connectTimeout, place.at('connectTimeout'));
  checkDuration(tcp.maxConnectionDuration, place.at('maxConnectionDuration'));
  checkDurationOrZero(tcp.idleTimeout, place.at('idleTimeout'));
  checkDuration(tcp.tcpKeepalive?.time, place.at('tcpKeepalive', 'time'));
  checkDuration(tcp.tcpKeepalive?.interval, place.at('tcpKeepalive', 'interval'));
}

const counts = [
  'http1MaxPendingRequests',
  'http2MaxRequests',
  'maxRequestsPerConnection',
  'maxRetries',
  'maxConcurrentStreams',
] as const;

function validateHttpSettings(http: HttpSettings, place: Place): void {
  for (const field of counts) checkNotNegative(http[field], place.at(field));
  checkDuration(http.idleTimeout, place.at('idleTimeout'));
  checkDuration(http.http2KeepAlive?.interval, place.at('http2KeepAlive', 'interval'));
  checkDuration(http.http2KeepAlive?.timeout, place.at('http2KeepAlive', 'timeout'));
  if (http.h2UpgradePolicy === 'UPGRADE' && http.useClientProtocol === true) {
    place.error('h2UpgradePolicy UPGRADE and useClientProtocol contradict each other');
  }
}

export function validateOutlierDetection(outlier: OutlierDetection, place: Place): void {
  checkDuration(outlier.interval, place.at('interval'));
  checkDuration(outlier.baseEjectionTime, place.at('baseEjectionTime'));
  checkPercent(outlier.maxEjectionPercent, place.at('maxEjectionPercent'));
  checkPercent(outlier.minHealthPercent, place.at('minHealthPercent'));
  checkNotNegative(outlier.consecutiveErrors, place.at('consecutiveErrors'));
  if ((outlier.consecutiveErrors ?? 0) !== 0) {
    place
      .at('consecutiveErrors')
      .warning('is deprecated; use consecutive5xxErrors or consecutiveGatewayErrors');
  }
  if ((outlier.consecutiveLocalOriginFailures ?? 0) > 0 && outlier.splitExternalLocalOriginErrors !== true) {
    place.at('consecutiveLocalOriginFailures').error('needs splitExternalLocalOriginErrors: true');
  }
}

function validateTunnel(
  { protocol, targetHost, targetPort }: NonNullable<TrafficPolicy['tunnel']>,
  place: Place,
): void {
  if (protocol !== undefined && protocol !== '' && protocol !== 'CONNECT' && protocol !== 'POST') {
    place.at('protocol').error(`${JSON.stringify(protocol)} is neither CONNECT nor POST`);
  }
  if (!isIpAddress(targetHost)) checkDomain(targetHost, place.at('targetHost'));
  checkPort(targetPort, place.at('targetPort'));
}
