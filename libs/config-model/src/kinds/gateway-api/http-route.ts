import type { Static } from '@sinclair/typebox';
import { duration, int32, list, openMessage, text, texts, words } from '../../schema/builders.js';
import { backendFields, routeFields } from './references.js';
import { httpRouteFilter } from './route-filters.js';

const matchType = words('Exact', 'RegularExpression');

export type KubernetesHeaderMatch = Static<typeof namedMatch>;
const namedMatch = openMessage({ type: matchType, name: text, value: text }, ['name', 'value']);

export type KubernetesHttpMatch = Static<typeof httpMatch>;
const httpMatch = openMessage({
  path: openMessage({ type: words('Exact', 'PathPrefix', 'RegularExpression'), value: text }),
  headers: list(namedMatch),
  queryParams: list(namedMatch),
  method: text,
});

export const sessionPersistence = openMessage({
  sessionName: text,
  absoluteTimeout: duration,
  idleTimeout: duration,
  type: words('Cookie', 'Header'),
  cookieConfig: openMessage({ lifetimeType: words('Permanent', 'Session') }),
});

export type KubernetesHttpRule = Static<typeof httpRule>;
const httpRule = openMessage({
  name: text,
  matches: list(httpMatch),
  filters: list(httpRouteFilter),
  backendRefs: list(openMessage({ ...backendFields, filters: list(httpRouteFilter) }, ['name'])),
  timeouts: openMessage({ request: duration, backendRequest: duration }),
  retry: openMessage({ codes: list(int32), attempts: int32, backoff: duration }),
  sessionPersistence,
});

/** gateway.networking.k8s.io HTTPRoute, as written. */
export type HttpRouteSpec = Static<typeof httpRouteSpec>;
export const httpRouteSpec = openMessage({ ...routeFields, hostnames: texts, rules: list(httpRule) });
