import type { StaticConfig } from '@istio-ts/envoy-config/testing';
import { cluster, core, endpoint, hcm, listener, packAny, route, unpackAny } from '@istio-ts/xds-types';
import type { ProxyState } from '../golden/golden-world.js';

/** What one proxy is sent, and whose it is. */
export interface NamedState {
  readonly name: string;
  readonly state: ProxyState;
}

const firstPort = 10_000;

/**
 * Many proxies' configuration as that of one Envoy: names and ports, which one Envoy holds once, are made different; routes
 * stand in their listeners, since a static configuration has no RDS. All else is what was sent. What occurs twice is left out.
 */
export function staticConfig(states: readonly NamedState[]): StaticConfig {
  const listeners = states.flatMap(({ name, state }) =>
    state.listeners.map((each) => ({ name, message: withRoutes(each, state) })),
  );
  return {
    clusters: unique(
      states.flatMap(({ state }) => state.clusters),
      encodeCluster,
    ).map((each, index) => cluster.Cluster.create({ ...each, name: `${index}|${each.name}` })),
    listeners: unique(listeners, ({ message }) => encodeListener(message)).map(({ name, message }, index) =>
      placed(message, `${name}/${message.name}/${index}`, firstPort + index),
    ),
    loadAssignments: unique(
      states.flatMap(({ state }) => state.loadAssignments),
      encodeLoadAssignment,
    ),
  };
}

const encodeCluster = (message: cluster.Cluster): Uint8Array => cluster.Cluster.encode(message).finish();
const encodeListener = (message: listener.Listener): Uint8Array => listener.Listener.encode(message).finish();
const encodeLoadAssignment = (message: endpoint.ClusterLoadAssignment): Uint8Array =>
  endpoint.ClusterLoadAssignment.encode(message).finish();

function unique<T>(values: readonly T[], encode: (value: T) => Uint8Array): readonly T[] {
  const seen = new Map(values.map((value) => [Buffer.from(encode(value)).toString('base64'), value]));
  return [...seen.values()];
}

function placed(message: listener.Listener, name: string, port: number): listener.Listener {
  const address = core.SocketAddress.create({
    address: '127.0.0.1',
    portSpecifier: { $case: 'portValue', value: port },
  });
  return listener.Listener.create({
    ...message,
    name,
    address: core.Address.create({ address: { $case: 'socketAddress', value: address } }),
  });
}

function withRoutes(message: listener.Listener, state: ProxyState): listener.Listener {
  const chain = (each: listener.FilterChain): listener.FilterChain =>
    listener.FilterChain.create({ ...each, filters: each.filters.map((filter) => inlined(filter, state)) });
  return listener.Listener.create({
    ...message,
    filterChains: message.filterChains.map(chain),
    defaultFilterChain: message.defaultFilterChain && chain(message.defaultFilterChain),
  });
}

/** The connection manager with the routes that it would ask for, else the filter as it is. */
function inlined(filter: listener.Filter, { routes }: ProxyState): listener.Filter {
  const config = filter.configType;
  if (config?.$case !== 'typedConfig') return filter;
  const manager = unpackAny(config.value, hcm.HttpConnectionManager);
  if (manager?.routeSpecifier?.$case !== 'rds') return filter;
  const { routeConfigName } = manager.routeSpecifier.value;
  const found = routes.get(routeConfigName);
  if (found === undefined)
    throw new Error(`route configuration ${routeConfigName} is asked for and not sent`);
  // RDS does not look whether clusters are there, so that routes may come before them.
  const value = route.RouteConfiguration.create({ ...found, validateClusters: false });
  const packed = packAny(
    hcm.HttpConnectionManager,
    hcm.HttpConnectionManager.create({ ...manager, routeSpecifier: { $case: 'routeConfig', value } }),
  );
  return listener.Filter.create({ ...filter, configType: { $case: 'typedConfig', value: packed } });
}
