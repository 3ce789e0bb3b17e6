import type { Place } from '../place.js';
import { checkDomain, domainFault } from '../checks/check-host.js';
import { checkPort } from '../checks/check-number.js';
import { isNamespaceName } from '../checks/check-export-to.js';
import { isCidr, isIpAddress } from '../naming/ip-address.js';
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
  if (fromCidr === undefined && fromRegistry === undefined) place.error('needs fromCidr or fromRegistry');
  if (fromCidr !== undefined && !isCidr(fromCidr)) {
    place.at('fromCidr').error(`${JSON.stringify(fromCidr)} is not a network like 10.0.0.0/8`);
  }
  if (fromRegistry !== undefined && !isNamespaceName(fromRegistry.toLowerCase())) {
    place.at('fromRegistry').error(`${JSON.stringify(fromRegistry)} is not the name of a registry`);
  }
}

function validateGateway({ registryServiceName, address, port }: NetworkGateway, place: Place): void {
  if (registryServiceName === undefined && address === undefined)
    place.error('needs registryServiceName or address');
  if (registryServiceName !== undefined) checkDomain(registryServiceName, place.at('registryServiceName'));
  if (address !== undefined && !isIpAddress(address) && domainFault(address) !== undefined) {
    place.at('address').error(`${JSON.stringify(address)} is neither an IP address nor a host name`);
  }
  checkPort(port, place.at('port'));
}
