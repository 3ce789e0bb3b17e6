import type { Static } from '@sinclair/typebox';
import { list, openMessage, text, texts } from '../../schema/builders.js';

export type NodeSpec = Static<typeof nodeSpec>;
/** Locality is in the labels `topology.kubernetes.io/region` and `…/zone`. */
export const nodeSpec = openMessage({ podCIDR: text, podCIDRs: texts, providerID: text });

export type NodeStatus = Static<typeof nodeStatus>;
export const nodeStatus = openMessage({
  addresses: list(openMessage({ type: text, address: text }, ['type', 'address'])),
});
