import type { Place } from '../place.js';
import { isIpv4, isIpv6 } from '../naming/ip-address.js';
import { domainFault } from './check-host.js';

/** `host:port` or `[IPv6]:port`; the host may be a variable that the platform fills in, such as `$(HOST_IP)`. */
export function checkHostPort(address: string, place: Place): void {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/u.exec(address);
  const [, ipv6, host = '', port = '0'] = match ?? [];
  const hostGood = ipv6 === undefined ? isHost(host) : isIpv6(ipv6);
  if (!hostGood || Number(port) < 1 || Number(port) > 65_535) {
    place.error(`${JSON.stringify(address)} is not an address; write it like "host:port"`);
  }
}

function isHost(host: string): boolean {
  return /^\$\([A-Z_]+\)$/u.test(host) || isIpv4(host) || domainFault(host) === undefined;
}
