import type { Place } from '../../place.js';
import { isNamespaceName } from '../../checks/check-export-to.js';
import { domainFault } from '../../checks/check-host.js';

/**
 * References to gateways: `mesh`, `name`, or `namespace/name`. A name with dots is the old way of naming a gateway of
 * another namespace.
 */
export function checkGateways(gateways: readonly string[] | undefined, place: Place): void {
  for (const [index, gateway] of (gateways ?? []).entries()) {
    const at = place.at(index);
    const [namespace = '', name, ...rest] = gateway.split('/');
    if (name === undefined) checkUnqualified(gateway, at);
    else if (rest.length > 0 || !(namespace === '.' || isNamespaceName(namespace)) || !isNamespaceName(name))
      at.error(`${JSON.stringify(gateway)} is not a gateway; write "name", "namespace/name" or "mesh"`);
  }
}

function checkUnqualified(gateway: string, place: Place): void {
  const [name = '', namespace] = gateway.split('.');
  if (domainFault(gateway) !== undefined || gateway !== gateway.toLowerCase())
    place.error(`${JSON.stringify(gateway)} is not a gateway; write "name", "namespace/name" or "mesh"`);
  else if (namespace !== undefined)
    place.warning(`is an old form of "namespace/name"; write "${namespace}/${name}"`);
}
