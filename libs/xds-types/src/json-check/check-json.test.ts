import { expect, test } from 'vitest';
import { checkJson } from '../../dist/json.js';

const cluster = 'envoy.config.cluster.v3.Cluster';
const filter = 'envoy.config.listener.v3.Filter';

function faults(message: string, value: object, partial = true): readonly string[] {
  return checkJson(message, value as never, { partial }).map(
    ({ path, severity, message: text }) => `${severity} ${path.join('.')}: ${text}`,
  );
}

test('a value may use both names of a field, and durations as Go writes them', () => {
  expect(
    faults(cluster, {
      name: 'a',
      lb_policy: 'RING_HASH',
      connectTimeout: '500ms',
      cleanup_interval: '1m30s',
      per_connection_buffer_limit_bytes: '1024',
      circuit_breakers: { thresholds: [{ max_connections: 10 }] },
      metadata: { filter_metadata: { istio: { any: ['thing'] } } },
    }),
  ).toEqual([]);
});

test('everything of a wrong type is told at its place', () => {
  expect(
    faults(cluster, {
      name: false,
      lb_policy: 'RINGHASH',
      connect_timeout: 5,
      alt_stat_name: ['x'],
      circuit_breakers: { thresholds: [{ max_connections: -1 }, { max_requests: 1.5 }] },
      load_assignment: { endpoints: {} },
      upstream_connection_options: null,
    }),
  ).toEqual([
    'error name: expected text, found boolean false',
    'error lb_policy: expected one of ROUND_ROBIN, LEAST_REQUEST, RING_HASH, RANDOM, MAGLEV, CLUSTER_PROVIDED, LOAD_BALANCING_POLICY_CONFIG, found "RINGHASH"',
    'error connect_timeout: expected a duration such as 1.5s, found number 5',
    'error alt_stat_name: expected text, found a list',
    'error circuit_breakers.thresholds.0.max_connections: -1 is not between 0 and 4294967295',
    'error circuit_breakers.thresholds.1.max_requests: expected a whole number, found number 1.5',
    'error load_assignment.endpoints: expected a list, found an object',
  ]);
});

test('fields that are unknown or deprecated are warned of', () => {
  expect(faults(cluster, { lb_polices: 'RANDOM', max_requests_per_connection: 1 })).toEqual([
    'warning lb_polices: envoy.config.cluster.v3.Cluster has no field "lb_polices"',
    'warning max_requests_per_connection: envoy.config.cluster.v3.Cluster has "max_requests_per_connection" as a deprecated field',
  ]);
});

test('a typed configuration is looked into by its type, at any depth', () => {
  const router = 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router';
  const manager =
    'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
  expect(
    faults(filter, {
      name: 'hcm',
      typed_config: {
        '@type': manager,
        http_filters: [
          { name: 'router', typed_config: { '@type': router, dynamic_stats: 'yes' } },
          { name: 'old' },
          {
            typed_config: {
              '@type': 'type.googleapis.com/envoy.config.filter.network.ext_authz.v2.ExtAuthz',
            },
          },
          { typed_config: { '@type': 'type.googleapis.com/google.protobuf.Duration', value: 'x' } },
          { typed_config: {} },
        ],
      },
    }),
  ).toEqual([
    'error typed_config.http_filters.0.typed_config.dynamic_stats: expected true or false, found "yes"',
    'warning typed_config.http_filters.1: has no typed_config: Envoy finds extensions by the type of their configuration, not by name',
    'error typed_config.http_filters.2.typed_config.@type: there is no type envoy.config.filter.network.ext_authz.v2.ExtAuthz in this Envoy; Envoy has v3 of its types only',
    'error typed_config.http_filters.3.typed_config.value: expected a duration such as 1.5s, found "x"',
    'error typed_config.http_filters.4.typed_config: needs "@type", such as "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"',
  ]);
});

test('only a whole message has to have its typed configuration', () => {
  expect(faults(filter, { name: 'a' }, true)).toEqual([]);
  expect(faults(filter, { name: 'a' }, false)).toHaveLength(1);
  expect(faults(filter, { name: 'a', config_discovery: {} }, false)).toEqual([]);
});

test('one of several alternatives is set', () => {
  expect(faults('envoy.config.route.v3.RouteMatch', { prefix: '/', path: '/a' })).toEqual([
    'error path: cannot be set beside prefix',
  ]);
});

test('an unknown message is our own mistake', () => {
  expect(() => checkJson('envoy.Nothing', {})).toThrow('there is no message type envoy.Nothing');
});
