import type { Place } from '../../place.js';
import { checkPort } from '../../checks/check-number.js';
import type { ServiceSpec } from './spec.js';

export function validateService({ ports = [] }: ServiceSpec, place: Place): void {
  for (const [index, { port, targetPort }] of ports.entries()) {
    checkPort(port, place.at('ports', index, 'port'));
    if (typeof targetPort === 'number') checkPort(targetPort, place.at('ports', index, 'targetPort'));
  }
}
