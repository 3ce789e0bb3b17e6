import type { Static } from '@sinclair/typebox';
import {
  anyObject,
  int32,
  list,
  message,
  text,
  textMap,
  uint32,
  words,
  type Rule,
} from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';
import { portNumber } from '../port-number.js';
import { targetReferences } from '../target-reference.js';
import { labelsSelector } from '../workload-selector.js';

/** What a patch is applied to. */
export const applyTo = words(
  'INVALID',
  'LISTENER',
  'FILTER_CHAIN',
  'NETWORK_FILTER',
  'HTTP_FILTER',
  'ROUTE_CONFIGURATION',
  'VIRTUAL_HOST',
  'HTTP_ROUTE',
  'CLUSTER',
  'EXTENSION_CONFIG',
  'BOOTSTRAP',
  'LISTENER_FILTER',
);

const filterMatch = message({ name: text, subFilter: message({ name: text }) });

export type ListenerMatch = Static<typeof listenerMatch>;
export const listenerMatch = message({
  portNumber: uint32,
  portName: text,
  filterChain: message({
    name: text,
    sni: text,
    transportProtocol: text,
    transportSocket: text,
    applicationProtocols: text,
    filter: filterMatch,
    destinationPort: uint32,
  }),
  listenerFilter: text,
  name: text,
});

export type RouteConfigurationMatch = Static<typeof routeConfigurationMatch>;
export const routeConfigurationMatch = message({
  portNumber: uint32,
  portName: text,
  gateway: text,
  vhost: message({
    name: text,
    domainName: text,
    route: message({ name: text, action: words('ANY', 'ROUTE', 'REDIRECT', 'DIRECT_RESPONSE') }),
  }),
  name: text,
});

export type ClusterMatch = Static<typeof clusterMatch>;
export const clusterMatch = message({ portNumber: uint32, service: text, subset: text, name: text });

export type WaypointMatch = Static<typeof waypointMatch>;
export const waypointMatch = message({
  portNumber,
  filter: filterMatch,
  route: message({ name: text }),
});

export type ProxyMatch = Static<typeof proxyMatch>;
export const proxyMatch = message({ proxyVersion: text, metadata: textMap });

const waypointGoesWithContext: Rule = {
  rule: "(has(self.context) && self.context == 'WAYPOINT') == has(self.waypoint)",
  message: 'waypoint goes with the context WAYPOINT, and only with it',
};

export type EnvoyConfigObjectMatch = Static<typeof objectMatch>;
export const objectMatch = message(
  {
    context: words('ANY', 'SIDECAR_INBOUND', 'SIDECAR_OUTBOUND', 'GATEWAY', 'WAYPOINT'),
    proxy: proxyMatch,
    listener: listenerMatch,
    routeConfiguration: routeConfigurationMatch,
    cluster: clusterMatch,
    waypoint: waypointMatch,
  },
  [],
  {
    oneof: [['listener', 'routeConfiguration', 'cluster', 'waypoint']],
    rules: [waypointGoesWithContext],
  },
);

export type EnvoyPatch = Static<typeof envoyPatch>;
export const envoyPatch = message({
  operation: words(
    'INVALID',
    'MERGE',
    'ADD',
    'REMOVE',
    'INSERT_BEFORE',
    'INSERT_AFTER',
    'INSERT_FIRST',
    'REPLACE',
    'MERGE_AND_REPLACE_LIST',
  ),
  value: anyObject,
  filterClass: words('UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'),
});

export type EnvoyConfigObjectPatch = Static<typeof configPatch>;
export const configPatch = message({ applyTo, match: objectMatch, patch: envoyPatch });

/** networking.istio.io EnvoyFilter, as written. */
export type EnvoyFilterSpec = Static<typeof envoyFilterSpec>;
export const envoyFilterSpec = message(
  {
    workloadSelector: labelsSelector,
    targetRefs: targetReferences,
    configPatches: list(configPatch),
    priority: int32,
  },
  [],
  { rules: [atMostOneOf('workloadSelector', 'targetRefs')] },
);
