import type { SortedMap } from '@istio-ts/foundation';
import { groupMap, type Slot } from '../derive/index.js';
import type { MeshService } from './mesh-service.js';

const byTarget = groupMap((service: MeshService) =>
  service.aliasOf === undefined ? [] : [[service.aliasOf, service] as const],
);

/** Host → the ExternalName services that are other names of it. */
export function indexAliases(
  slot: Slot,
  services: SortedMap<MeshService>,
): SortedMap<SortedMap<MeshService>> {
  return byTarget(slot, services, undefined);
}
