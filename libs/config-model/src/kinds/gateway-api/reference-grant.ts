import type { Static } from '@sinclair/typebox';
import { list, openMessage, text } from '../../schema/builders.js';

/** gateway.networking.k8s.io ReferenceGrant, as written: who of other namespaces may refer to what is here. */
export type ReferenceGrantSpec = Static<typeof referenceGrantSpec>;
export const referenceGrantSpec = openMessage(
  {
    from: list(openMessage({ group: text, kind: text, namespace: text }, ['kind', 'namespace'])),
    to: list(openMessage({ group: text, kind: text, name: text }, ['kind'])),
  },
  ['from', 'to'],
);
