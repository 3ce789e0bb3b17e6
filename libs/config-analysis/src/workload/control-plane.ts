import type { ObjectMeta } from '@istio-ts/config-model';

/** Whether an object is part of an installation of Istio, by the labels that its charts give: who reads a message about it could not change it. */
export function isControlPlane({ labels }: ObjectMeta): boolean {
  return labels['istio'] !== undefined || labels['release'] === 'istio';
}

/** Label of what a controller of Istio made for a Gateway, with the controller. */
export const managedLabel = 'gateway.istio.io/managed';

export const managedBy = {
  gateway: 'istio.io-gateway-controller',
  waypoint: 'istio.io-mesh-controller',
  eastWest: 'istio.io-eastwest-controller',
} as const;
