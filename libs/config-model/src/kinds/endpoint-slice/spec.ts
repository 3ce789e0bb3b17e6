import type { Static } from '@sinclair/typebox';
import { flag, int32, list, openMessage, text, textMap, texts, words } from '../../schema/builders.js';
import { objectReference } from '../endpoints/spec.js';

export type SliceEndpoint = Static<typeof sliceEndpoint>;
export const sliceEndpoint = openMessage(
  {
    addresses: texts,
    conditions: openMessage({ ready: flag, serving: flag, terminating: flag }),
    hostname: text,
    nodeName: text,
    zone: text,
    targetRef: objectReference,
    deprecatedTopology: textMap,
  },
  ['addresses'],
);

export type SlicePort = Static<typeof slicePort>;
export const slicePort = openMessage({ name: text, port: int32, protocol: text, appProtocol: text });

/**
 * The rest of an EndpointSlice object: it has no `spec`. The service is its label `kubernetes.io/service-name`; without
 * `addressType` the addresses say their family.
 */
export type EndpointSliceSpec = Static<typeof endpointSliceSpec>;
export const endpointSliceSpec = openMessage({
  addressType: words('IPv4', 'IPv6', 'FQDN'),
  endpoints: list(sliceEndpoint),
  ports: list(slicePort),
});
