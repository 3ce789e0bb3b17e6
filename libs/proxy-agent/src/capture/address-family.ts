import type { CaptureConfig, IpFamily } from './capture-config.js';
import type { CaptureRule } from './capture-rule.js';

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

/** The family of the addresses of a rule; undefined where it has none. */
export function familyOf({ matches }: Pick<CaptureRule, 'matches'>): IpFamily | undefined {
  const range = matches.flatMap((match) => ('range' in match ? [match.range] : []))[0];
  if (range === undefined) return undefined;
  return isOfFamily(range, 6) ? 6 : 4;
}
