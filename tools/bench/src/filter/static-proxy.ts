import { emitClusters, emitEndpoints, emitListeners, emitRoutes } from '@istio-ts/envoy-config';
import { invariant } from '@istio-ts/foundation';
import type { ProxyIr } from '@istio-ts/mesh-ir';
import {
  cluster,
  core,
  endpoint,
  hcm,
  listener,
  packAny,
  route,
  unpackAny,
  type JsonObject,
  type JsonValue,
} from '@istio-ts/xds-types';
import { toJson } from '@istio-ts/xds-types/json';

export interface Bound {
  readonly listener: string;
  readonly address: string;
  readonly port: number;
}

/**
 * What istiod sends to one proxy, as static resources of an Envoy that has no istiod: one listener, bound where callers
 * can reach it without capture, with its routes inside; clusters with their load assignments; secrets by name alone.
 * All else is what was sent.
 */
export function staticResources(ir: ProxyIr, bound: Bound): JsonObject {
  const found = emitListeners(ir.listeners).get(bound.listener);
  invariant(found, `there is a listener ${bound.listener}`);
  const clusters = [...emitClusters(ir.clusters).values()].map(({ bytes }) =>
    withEndpoints(cluster.Cluster.decode(bytes), ir),
  );
  return {
    listeners: [
      withoutSds(toJson(listener.Listener, placed(listener.Listener.decode(found.bytes), ir, bound))),
    ],
    clusters: clusters.map((each) => withoutSds(toJson(cluster.Cluster, each))),
  };
}

/** A secret that names no source is looked for among the static ones. */
function withoutSds(json: JsonValue): JsonValue {
  return JSON.parse(
    JSON.stringify(json, (key, value: unknown) => (key === 'sdsConfig' ? undefined : value)),
  ) as JsonValue;
}

function withEndpoints(message: cluster.Cluster, ir: ProxyIr): cluster.Cluster {
  const { clusterDiscoveryType } = message;
  if (clusterDiscoveryType?.$case !== 'type') return message;
  if (clusterDiscoveryType.value !== cluster.Cluster_DiscoveryType.EDS) return message;
  const sent = emitEndpoints(ir.endpoints).get(message.name);
  return cluster.Cluster.create({
    ...message,
    clusterDiscoveryType: { $case: 'type', value: cluster.Cluster_DiscoveryType.STATIC },
    edsClusterConfig: undefined,
    loadAssignment: sent && endpoint.ClusterLoadAssignment.decode(sent.bytes),
  });
}

function placed(message: listener.Listener, ir: ProxyIr, { address, port }: Bound): listener.Listener {
  const chain = (each: listener.FilterChain): listener.FilterChain =>
    listener.FilterChain.create({ ...each, filters: each.filters.map((filter) => withRoutes(filter, ir)) });
  const socket = core.SocketAddress.create({ address, portSpecifier: { $case: 'portValue', value: port } });
  return listener.Listener.create({
    ...message,
    address: core.Address.create({ address: { $case: 'socketAddress', value: socket } }),
    bindToPort: true,
    filterChains: message.filterChains.map(chain),
    defaultFilterChain: message.defaultFilterChain && chain(message.defaultFilterChain),
  });
}

/** The connection manager with the routes that it would ask for, else the filter as it is. */
function withRoutes(filter: listener.Filter, ir: ProxyIr): listener.Filter {
  const config = filter.configType;
  if (config?.$case !== 'typedConfig') return filter;
  const manager = unpackAny(config.value, hcm.HttpConnectionManager);
  if (manager?.routeSpecifier?.$case !== 'rds') return filter;
  const { routeConfigName } = manager.routeSpecifier.value;
  const sent = emitRoutes(ir.routes).get(routeConfigName);
  invariant(sent, `the route configuration ${routeConfigName} is sent`);
  const value = route.RouteConfiguration.create({
    ...route.RouteConfiguration.decode(sent.bytes),
    validateClusters: false,
  });
  const inlined = hcm.HttpConnectionManager.create({
    ...manager,
    routeSpecifier: { $case: 'routeConfig', value },
  });
  return listener.Filter.create({
    ...filter,
    configType: { $case: 'typedConfig', value: packAny(hcm.HttpConnectionManager, inlined) },
  });
}
