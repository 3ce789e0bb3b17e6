import type { Place } from '../../place.js';
import { isNamespaceName } from '../../checks/check-export-to.js';
import { isPartialWildcard, wildcardDomainFault } from '../../checks/check-host.js';
import { checkPort } from '../../checks/check-number.js';
import { checkUnixAddress, unixPrefix } from '../../checks/check-unix-address.js';
import { isIpAddress } from '../../naming/ip-address.js';
import type { IstioEgressListener, SidecarPort } from './spec.js';
import { checkSidecarPort } from './validate-ingress.js';

/** Listeners for what leaves the workload; the last one may be without a port, for everything else. */
export function validateEgress(
  listeners: readonly IstioEgressListener[],
  namespace: string,
  place: Place,
): void {
  const addresses = new Set<string | number>();
  for (const [index, listener] of listeners.entries()) {
    const at = place.at(index);
    if (listener.port) {
      checkListener(listener.port, listener, at);
      const address = listener.port.number ?? listener.bind ?? '';
      if (addresses.has(address)) at.error(`another listener is at ${JSON.stringify(address)} already`);
      addresses.add(address);
    } else if (index < listeners.length - 1) {
      at.error('a listener without port takes everything else; it must be the last');
    }
    if (listener.hosts.length === 0) at.at('hosts').error('needs at least one host');
    for (const [position, host] of listener.hosts.entries()) checkEgressHost(host, at.at('hosts', position));
    warnCovered(listener.hosts, namespace, at.at('hosts'));
  }
}

function checkListener(
  port: SidecarPort,
  { bind = '', captureMode = 'DEFAULT' }: IstioEgressListener,
  place: Place,
): void {
  checkSidecarPort(port, place.at('port'));
  if ((port.number ?? 0) !== 0) {
    checkPort(port.number, place.at('port', 'number'));
    if (bind !== '' && !isIpAddress(bind))
      place.at('bind').error(`${JSON.stringify(bind)} is not an IP address`);
    return;
  }
  if (bind.startsWith(unixPrefix)) checkUnixAddress(bind, place.at('bind'));
  else place.at('bind').error('must be a unix socket (unix://…) where the port has no number');
  if (captureMode === 'IPTABLES')
    place.at('captureMode').error('a unix socket cannot be captured; use DEFAULT or NONE');
}

/** `namespace/host`; the namespace is a name, `*`, `.`, `~`, or `~name` for hosts that are left out. */
function checkEgressHost(written: string, place: Place): void {
  const slash = written.indexOf('/');
  const [scope, host] = [written.slice(0, Math.max(slash, 0)), written.slice(slash + 1)];
  if (scope === '' || host === '') {
    place.error(`${JSON.stringify(written)} is not of the form namespace/host`);
    return;
  }
  const namespace = scope.length > 1 && scope.startsWith('~') ? scope.slice(1) : scope;
  if (!['*', '.', '~'].includes(namespace) && !isNamespaceName(namespace))
    place.error(`${JSON.stringify(scope)} is not a namespace; use a name, "*", "." or "~"`);
  const fault = host === '*' ? undefined : wildcardDomainFault(host);
  if (fault !== undefined) place.error(fault);
  else if (host !== '*' && !host.includes('.'))
    place.error(`${JSON.stringify(host)} is a short name; write the host in full`);
  else if (isPartialWildcard(host))
    place.error(`the wildcard of ${JSON.stringify(host)} must stand for whole labels; write "*."`);
}

/** Tells of hosts that another entry brings in already; entries that leave hosts out (`~`) are another matter. */
function warnCovered(hosts: readonly string[], own: string, place: Place): void {
  const byNamespace = new Map<string, Set<string>>();
  for (const [index, written] of hosts.entries()) {
    if (written.startsWith('~')) continue;
    const slash = written.indexOf('/');
    const scope = written.slice(0, Math.max(slash, 0));
    const namespace = scope === '.' ? own : scope;
    const host = written.slice(slash + 1);
    const seen = byNamespace.get(namespace) ?? new Set<string>();
    const covered = seen.has('*') || (host === '*' ? seen.size > 0 : seen.has(host));
    if (covered) place.at(index).warning(`${JSON.stringify(written)} overlaps another entry of the list`);
    byNamespace.set(namespace, seen.add(host));
  }
  if (byNamespace.get('*')?.has('*') === true && byNamespace.size > 1)
    place.warning('"*/*" brings everything in; the other entries have no effect');
}
