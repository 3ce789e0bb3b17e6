import type { Static } from '@sinclair/typebox';
import { list, openMessage, text, texts, words } from '../../schema/builders.js';
import { sessionPersistence } from './http-route.js';
import { backendFields, routeFields } from './references.js';
import { grpcRouteFilter } from './route-filters.js';

const matchType = words('Exact', 'RegularExpression');

export type GrpcRule = Static<typeof grpcRule>;
const grpcRule = openMessage({
  name: text,
  matches: list(
    openMessage({
      method: openMessage({ type: matchType, service: text, method: text }),
      headers: list(openMessage({ type: matchType, name: text, value: text }, ['name', 'value'])),
    }),
  ),
  filters: list(grpcRouteFilter),
  backendRefs: list(openMessage({ ...backendFields, filters: list(grpcRouteFilter) }, ['name'])),
  sessionPersistence,
});

/** gateway.networking.k8s.io GRPCRoute, as written. */
export type GrpcRouteSpec = Static<typeof grpcRouteSpec>;
export const grpcRouteSpec = openMessage({ ...routeFields, hostnames: texts, rules: list(grpcRule) });
