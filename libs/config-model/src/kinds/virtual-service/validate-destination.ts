import type { Place } from '../../place.js';
import { checkWildcardDomain } from '../../checks/check-host.js';
import { checkNotNegative, checkPort } from '../../checks/check-number.js';
import { isSubsetName } from '../destination-rule/validate.js';
import type { Destination } from './spec.js';
import type { RouteScope } from './route-scope.js';

export function validateDestination({ host, subset, port }: Destination, place: Place): void {
  if (host === '*') place.at('host').error('"*" is no destination; name a service');
  else checkWildcardDomain(host, place.at('host'));
  if (subset !== undefined && subset !== '' && !isSubsetName(subset)) {
    place.at('subset').error(`${JSON.stringify(subset)} is not a subset name`);
  }
  if (port) checkPort(port.number, place.at('port', 'number'));
}

interface Weighted {
  readonly destination: Destination;
  readonly weight?: number;
}

/** Weights are proportions. `compatibilityVersion` 1.13 wants them to total 100, as Istio did then. */
export function validateWeights(
  routes: readonly Weighted[],
  { compatibilityVersion }: RouteScope,
  place: Place,
): void {
  let total = 0;
  for (const [index, { weight = 0, destination }] of routes.entries()) {
    checkNotNegative(weight, place.at(index, 'weight'));
    validateDestination(destination, place.at(index, 'destination'));
    total += weight;
  }
  if (routes.length < 2 || routes.some(({ weight = 0 }) => weight < 0)) return;
  if (total === 0) place.error('the weights total 0; at least one destination needs a weight');
  else if (total !== 100) {
    const message = `the weights total ${total}, not 100`;
    if (compatibilityVersion === '1.13') place.error(`${message}, which compatibilityVersion 1.13 requires`);
    else place.warning(`${message}; they are taken as proportions`);
  }
}
