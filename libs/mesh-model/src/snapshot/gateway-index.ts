import type { Gateway } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { expandMap, type Slot } from '../derive/index.js';

/** Gateways by `namespace/name`, as VirtualServices name them. */
export type GatewayIndex = SortedMap<Gateway>;

const byName = expandMap((gateway: Gateway) => [[gatewayName(gateway), gateway]]);

export function indexGateways(slot: Slot, gateways: SortedMap<Gateway>): GatewayIndex {
  return byName(slot, gateways, undefined);
}

export function gatewayName({ metadata }: Gateway): string {
  return `${metadata.namespace}/${metadata.name}`;
}
