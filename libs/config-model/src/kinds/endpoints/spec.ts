import type { Static } from '@sinclair/typebox';
import { int32, list, openMessage, text } from '../../schema/builders.js';

export type ObjectReference = Static<typeof objectReference>;
export const objectReference = openMessage({ kind: text, namespace: text, name: text, uid: text });

export type EndpointsAddress = Static<typeof endpointsAddress>;
export const endpointsAddress = openMessage(
  { ip: text, hostname: text, nodeName: text, targetRef: objectReference },
  ['ip'],
);

export type EndpointsSubset = Static<typeof endpointsSubset>;
export const endpointsSubset = openMessage({
  addresses: list(endpointsAddress),
  notReadyAddresses: list(endpointsAddress),
  ports: list(openMessage({ name: text, port: int32, protocol: text, appProtocol: text }, ['port'])),
});

/** The rest of an Endpoints object: it has no `spec`. */
export type EndpointsSpec = Static<typeof endpointsSpec>;
export const endpointsSpec = openMessage({ subsets: list(endpointsSubset) });
