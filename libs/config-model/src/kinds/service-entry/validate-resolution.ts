import type { Place } from '../../place.js';
import { isWildcard } from '../../naming/host.js';
import { isCidr, isIpAddress } from '../../naming/ip-address.js';
import { isHttp, isTls, parseProtocol } from '../../naming/port-protocol.js';
import type { WorkloadEntrySpec } from '../workload-entry/spec.js';
import { validateWorkloadEntry } from '../workload-entry/validate.js';
import type { ServiceEntrySpec } from './spec.js';

/** Hosts, addresses and endpoints that fit the way in which endpoints are found. */
export function validateResolution(spec: ServiceEntrySpec, place: Place): void {
  const { endpoints = [], addresses = [], resolution = 'NONE' } = spec;
  for (const [index, endpoint] of endpoints.entries())
    validateEndpoint(endpoint, spec, place.at('endpoints', index));
  if (resolution !== 'NONE' && resolution !== 'STATIC') {
    for (const [index, address] of addresses.entries()) {
      if (isCidr(address))
        place.at('addresses', index).error('networks are for resolution NONE and STATIC only');
    }
  }
  if (resolution !== 'NONE') checkSeveralHosts(spec, place.at('hosts'));
  switch (resolution) {
    case 'NONE':
      if (endpoints.length > 0) place.at('endpoints').error('must not be set with resolution NONE');
      break;
    case 'STATIC':
      break;
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      validateDns(spec, place);
      break;
    case 'DYNAMIC_DNS':
      validateDynamicDns(spec, place);
  }
}

/** Hosts of one object are told apart by what a request or a TLS client says; plain TCP says nothing. */
function checkSeveralHosts({ hosts, ports = [] }: ServiceEntrySpec, place: Place): void {
  const plain = ports.find(({ protocol = '' }) => {
    const parsed = parseProtocol(protocol);
    return !isHttp(parsed) && !isTls(parsed);
  });
  if (hosts.length > 1 && plain !== undefined)
    place.error(`several hosts cannot share port ${plain.number}: only HTTP and TLS say which host is meant`);
}

function validateEndpoint(
  endpoint: WorkloadEntrySpec,
  { resolution = 'NONE', ports = [] }: ServiceEntrySpec,
  place: Place,
): void {
  validateWorkloadEntry(endpoint, place);
  const { address = '' } = endpoint;
  const unix = address.startsWith('unix://');
  if (unix && ports.length > 1) place.at('address').error('a unix socket serves exactly one port');
  if (resolution === 'STATIC' && address !== '' && !unix && !isIpAddress(address)) {
    place.at('address').error('must be an IP address with resolution STATIC; for host names use DNS');
  }
  if (resolution.startsWith('DNS') && address === '')
    place.at('address').error('is required where names are resolved');
  if (resolution !== 'STATIC' && unix) place.at('address').error('unix sockets need resolution STATIC');
  for (const name of Object.keys(endpoint.ports ?? {})) {
    if (!ports.some((port) => port.name === name)) {
      place.at('ports', name).error(`the ServiceEntry has no port named ${JSON.stringify(name)}`);
    }
  }
}

function validateDns(
  { hosts, addresses = [], endpoints = [], ports = [], resolution }: ServiceEntrySpec,
  place: Place,
): void {
  if (endpoints.length === 0) {
    for (const [index, host] of hosts.entries()) {
      if (isWildcard(host)) place.at('hosts', index).error('a wildcard cannot be resolved; give endpoints');
    }
  }
  if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
    place.at('endpoints').error('resolution DNS_ROUND_ROBIN takes one endpoint at most');
  }
  const byAddress = ports.some(({ protocol = '' }) => !isHttp(parseProtocol(protocol)));
  if (hosts.length > 1 && addresses.length > 0 && byAddress) {
    place
      .at('hosts')
      .warning('hosts share the addresses: traffic that is told apart by address goes to the first host');
  }
}

function validateDynamicDns(
  { hosts, addresses = [], endpoints = [], ports = [] }: ServiceEntrySpec,
  place: Place,
): void {
  for (const [index, host] of hosts.entries()) {
    if (!isWildcard(host))
      place.at('hosts', index).error('resolution DYNAMIC_DNS is for wildcard hosts; use DNS');
  }
  if (endpoints.length > 0) place.at('endpoints').error('must not be set with resolution DYNAMIC_DNS');
  if (addresses.length > 0) place.at('addresses').error('must not be set with resolution DYNAMIC_DNS');
  for (const [index, { protocol = '' }] of ports.entries()) {
    const parsed = parseProtocol(protocol);
    if (!isHttp(parsed) && !isTls(parsed)) {
      place
        .at('ports', index, 'protocol')
        .error('resolution DYNAMIC_DNS needs HTTP or TLS, which name the host');
    }
  }
}
