import type { Static } from '@sinclair/typebox';
import { int32, list, openMessage, text } from '../../schema/builders.js';

export type ParentReference = Static<typeof parentReference>;
/** What a route attaches to: a Gateway, a listener of it, or a Service. */
export const parentReference = openMessage(
  { group: text, kind: text, namespace: text, name: text, sectionName: text, port: int32 },
  ['name'],
);

export type GatewayObjectReference = Static<typeof gatewayObjectReference>;
export const gatewayObjectReference = openMessage({ group: text, kind: text, name: text, namespace: text }, [
  'name',
]);

export const backendFields = {
  group: text,
  kind: text,
  name: text,
  namespace: text,
  port: int32,
  weight: int32,
};

export type BackendReference = Static<typeof backendReference>;
export const backendReference = openMessage(backendFields, ['name']);

/** What every route has. */
export const routeFields = { parentRefs: list(parentReference) };
