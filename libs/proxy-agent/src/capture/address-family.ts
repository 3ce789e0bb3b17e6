import type { CaptureConfig, IpFamily } from './capture-config.js';

/** What differs between IPv4 and IPv6. */
export interface FamilyAddresses {
  readonly loopback: string;
  /** Envoy connects to its own application from here: such traffic has been through the proxy. */
  readonly passthroughSource: string;
}

export function familyAddresses(family: IpFamily, { loopbackRange }: CaptureConfig): FamilyAddresses {
  return family === 4
    ? { loopback: loopbackRange, passthroughSource: '127.0.0.6/32' }
    : { loopback: '::1/128', passthroughSource: '::6/128' };
}

export function isOfFamily(range: string, family: IpFamily): boolean {
  return range.includes(':') === (family === 6);
}
