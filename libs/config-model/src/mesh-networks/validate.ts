import type { Place } from '../place.js';
import { checkDomain, domainFault } from '../checks/check-host.js';
import { checkIpOrCidr } from '../checks/check-names.js';
import { checkPort } from '../checks/check-number.js';
import { isNamespaceName } from '../checks/check-export-to.js';
import { isIpAddress } from '../naming/ip-address.js';
import type { MeshNetworks, NetworkEndpoints, NetworkGateway } from './spec.js';

/** What would make the networks of a mesh unusable. */
export function validateMeshNetworks({ networks = {} }: MeshNetworks, place: Place): void {
  for (const [name, { endpoints = [], gateways = [] }] of Object.entries(networks)) {
    const at = place.at('networks', name);
    for (const [index, each] of endpoints.entries()) validateEndpoints(each, at.at('endpoints', index));
    for (const [index, each] of gateways.entries()) validateGateway(each, at.at('gateways', index));
  }
}

function validateEndpoints({ fromCidr, fromRegistry }: NetworkEndpoints, place: Place): void {
  if (fromCidr === undefined && fromRegistry === undefined)
    place.warning('is no endpoint without fromCidr or fromRegistry');
  if (fromCidr !== undefined) checkIpOrCidr(fromCidr, place.at('fromCidr'));
  if (fromRegistry !== undefined && !isNamespaceName(fromRegistry.toLowerCase())) {
    place.at('fromRegistry').error(`${JSON.stringify(fromRegistry)} is not the name of a registry`);
  }
}

function validateGateway({ registryServiceName, address, port }: NetworkGateway, place: Place): void {
  if (registryServiceName === undefined && address === undefined)
    place.warning('leads nowhere without registryServiceName or address');
  if (registryServiceName !== undefined) checkDomain(registryServiceName, place.at('registryServiceName'));
  if (address !== undefined && !isIpAddress(address) && domainFault(address) !== undefined) {
    place.at('address').error(`${JSON.stringify(address)} is neither an IP address nor a host name`);
  }
  checkPort(port, place.at('port'));
}
