import type { Place } from '../../place.js';
import { checkPolicySelector } from '../../checks/check-policy-target.js';
import type { PeerAuthenticationSpec } from './spec.js';

/** What would make a PeerAuthentication impossible or meaningless to carry out. */
export function validatePeerAuthentication(
  { selector, portLevelMtls }: PeerAuthenticationSpec,
  place: Place,
): void {
  checkPolicySelector(selector, place.at('selector'));
  if (portLevelMtls === undefined) return;
  const at = place.at('portLevelMtls');
  if (Object.keys(selector?.matchLabels ?? {}).length === 0) {
    at.error('requires a selector with matchLabels: ports are those of workloads');
  }
  if (Object.keys(portLevelMtls).length === 0) at.error('has no ports; leave it out');
  for (const port of Object.keys(portLevelMtls)) {
    if (!/^[1-9]\d{0,4}$/u.test(port) || Number(port) > 65_535)
      at.at(port).error('the port must be between 1 and 65535');
  }
}
