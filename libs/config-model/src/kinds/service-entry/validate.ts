import type { Place } from '../../place.js';
import type { ObjectMeta } from '../../resource.js';
import { checkExportTo } from '../../checks/check-export-to.js';
import { checkWildcardDomain, isPartialWildcard } from '../../checks/check-host.js';
import { checkSelector } from '../../checks/check-labels.js';
import { checkIpOrCidr, checkPortName, checkUnique } from '../../checks/check-names.js';
import { checkPort } from '../../checks/check-number.js';
import { checkProtocol } from '../../checks/check-protocol.js';
import { parseProtocol } from '../../naming/port-protocol.js';
import type { ServiceEntryPort, ServiceEntrySpec } from './spec.js';
import { validateResolution } from './validate-resolution.js';

/** What would make a ServiceEntry impossible or meaningless to carry out. */
export function validateServiceEntry(spec: ServiceEntrySpec, { namespace }: ObjectMeta, place: Place): void {
  validateHosts(spec.hosts, place.at('hosts'));
  for (const [index, address] of (spec.addresses ?? []).entries())
    checkIpOrCidr(address, place.at('addresses', index));
  validatePorts(spec.ports ?? [], place.at('ports'));
  validateSelector(spec, place.at('workloadSelector'));
  validateResolution(spec, place);
  warnWithoutAddresses(spec, place);
  checkExportTo(spec.exportTo, { namespace, noneAllowed: true }, place.at('exportTo'));
}

function validateHosts(hosts: readonly string[], place: Place): void {
  if (hosts.length === 0) place.error('needs at least one host');
  for (const [index, host] of hosts.entries()) {
    const at = place.at(index);
    if (host === '*') at.error('"*" would catch every host; name the hosts or their domain');
    else checkWildcardDomain(host, at);
    if (isPartialWildcard(host))
      at.warning(`the partial wildcard ${JSON.stringify(host)} is not supported by every client; use "*."`);
  }
}

function validatePorts(ports: readonly ServiceEntryPort[], place: Place): void {
  for (const [index, port] of ports.entries()) {
    const at = place.at(index);
    checkPort(port.number, at.at('number'));
    checkPortName(port.name, at.at('name'));
    if (port.targetPort !== undefined) checkPort(port.targetPort, at.at('targetPort'));
    checkProtocol(port.protocol, at.at('protocol'));
  }
  checkUnique(
    ports,
    (port) => port.number,
    (index, value) => {
      place.at(index, 'number').error(`the port number ${value} stands here twice`);
    },
  );
}

function validateSelector(
  { workloadSelector, endpoints, resolution = 'NONE' }: ServiceEntrySpec,
  place: Place,
): void {
  if (workloadSelector === undefined) return;
  const { labels = {} } = workloadSelector;
  if ((endpoints ?? []).length > 0) place.error('only one of workloadSelector and endpoints may be set');
  if (Object.keys(labels).length === 0) place.warning('has no labels and selects nothing');
  else checkSelector(labels, place.at('labels'));
  if (resolution === 'NONE')
    place.warning('has no effect with resolution NONE, which never looks at endpoints');
}

/** Without an address all that tells TCP services of one port apart is missing. */
function warnWithoutAddresses({ addresses = [], ports = [] }: ServiceEntrySpec, place: Place): void {
  if (addresses.length > 0) return;
  for (const [index, { protocol = '', number }] of ports.entries()) {
    if (protocol !== '' && parseProtocol(protocol) !== 'TCP') continue;
    place
      .at('ports', index)
      .warning(`without addresses, TCP traffic to port ${number} of every address is matched`);
  }
}
