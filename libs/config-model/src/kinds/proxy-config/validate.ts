import type { Place } from '../../place.js';
import { checkPolicySelector } from '../../checks/check-policy-target.js';
import type { ProxyConfigSpec } from './spec.js';

/** What would make a ProxyConfig impossible to apply. */
export function validateProxyConfig(
  { selector, environmentVariables = {} }: ProxyConfigSpec,
  place: Place,
): void {
  checkPolicySelector(selector, place.at('selector'));
  for (const name of Object.keys(environmentVariables)) {
    if (name === '' || name.includes('='))
      place.at('environmentVariables', name).error(`${JSON.stringify(name)} is not the name of a variable`);
  }
}
