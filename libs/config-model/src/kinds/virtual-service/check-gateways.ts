import type { Place } from '../../place.js';
import { isNamespaceName } from '../../checks/check-export-to.js';

const gatewayName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;

/** References to gateways: `mesh`, `name`, or `namespace/name`. */
export function checkGateways(gateways: readonly string[] | undefined, place: Place): void {
  for (const [index, gateway] of (gateways ?? []).entries()) {
    const [first = '', second, ...rest] = gateway.split('/');
    const name = second ?? first;
    const namespaceGood = second === undefined || first === '.' || isNamespaceName(first);
    if (rest.length > 0 || !namespaceGood || !gatewayName.test(name)) {
      place
        .at(index)
        .error(`${JSON.stringify(gateway)} is not a gateway; write "name", "namespace/name" or "mesh"`);
    }
  }
}
