import type { Place } from '../../place.js';
import { domainFault } from '../../checks/check-host.js';
import { checkLabels } from '../../checks/check-labels.js';
import { checkPortName } from '../../checks/check-names.js';
import { checkPort } from '../../checks/check-number.js';
import { checkUnixAddress, unixPrefix } from '../../checks/check-unix-address.js';
import { isIpAddress } from '../../naming/ip-address.js';
import type { WorkloadEntrySpec } from './spec.js';

/** What would make a WorkloadEntry, or an endpoint of a ServiceEntry, impossible to reach. */
export function validateWorkloadEntry(entry: WorkloadEntrySpec, place: Place): void {
  const { address = '', network = '', ports, labels } = entry;
  if (address === '') checkWithoutAddress(network, place.at('address'));
  else if (address.startsWith(unixPrefix)) checkSocket(entry, place);
  else if (!isIpAddress(address) && domainFault(address) !== undefined) {
    place.at('address').error(`${JSON.stringify(address)} is neither an IP address nor a host name`);
  }
  for (const [name, port] of Object.entries(ports ?? {})) {
    checkPortName(name, place.at('ports', name));
    checkPort(port, place.at('ports', name));
  }
  checkLabels(labels, place.at('labels'));
}

function checkWithoutAddress(network: string, place: Place): void {
  if (network === '') place.error('is required');
  else
    place.warning(
      `is absent: the workload is reached through the gateway of network ${JSON.stringify(network)}`,
    );
}

function checkSocket({ address = '', ports }: WorkloadEntrySpec, place: Place): void {
  checkUnixAddress(address, place.at('address'));
  if (Object.keys(ports ?? {}).length > 0) place.at('ports').error('a unix socket has no ports');
}
