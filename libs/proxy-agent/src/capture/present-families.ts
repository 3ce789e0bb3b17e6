import { networkInterfaces } from 'node:os';
import type { IpFamily } from './capture-config.js';

/** IPv4 always; IPv6 where the machine has such an address beyond loopback and link. */
export function presentFamilies(): readonly IpFamily[] {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const hasIpv6 = addresses.some(
    ({ family, internal, address }) => family === 'IPv6' && !internal && !address.startsWith('fe80:'),
  );
  return hasIpv6 ? [4, 6] : [4];
}
