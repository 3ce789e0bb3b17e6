import type { Static } from '@sinclair/typebox';
import { list, map, message, text, uint32 } from '../schema/builders.js';

export type NetworkEndpoints = Static<typeof networkEndpoints>;
/** Which endpoints are in a network: those of a cluster's registry, or of an address range. */
export const networkEndpoints = message({ fromCidr: text, fromRegistry: text }, [], {
  oneof: [['fromCidr', 'fromRegistry']],
});

export type NetworkGateway = Static<typeof networkGateway>;
/** A way into a network: a service of the registry, or an address. */
export const networkGateway = message(
  { registryServiceName: text, address: text, port: uint32, locality: text },
  [],
  { oneof: [['registryServiceName', 'address']] },
);

export type Network = Static<typeof network>;
export const network = message({ endpoints: list(networkEndpoints), gateways: list(networkGateway) });

/** The networks of a mesh by name: the file `meshNetworks`. */
export type MeshNetworks = Static<typeof meshNetworksSpec>;
export const meshNetworksSpec = message({ networks: map(network) });
