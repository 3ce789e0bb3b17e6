import type { JsonObject } from '@istio-ts/xds-types';
import { serverAddress } from './shop.js';

/** Codes that the application answers with, each under a path of its own: `/404`. */
export const applicationCodes = [200, 201, 204, 301, 400, 404, 429, 500] as const;

/** An application that costs next to nothing: a second Envoy that answers by itself, any path not named below with 200. */
export function applicationBootstrap(port: number, adminPort: number): JsonObject {
  const answer = (match: JsonObject, status: number): JsonObject => ({
    match,
    direct_response: { status, ...(status === 204 ? {} : { body: { inline_string: 'a short answer\n' } }) },
  });
  const routes = [
    ...applicationCodes.map((code) => answer({ prefix: `/${code}` }, code)),
    answer({ prefix: '/' }, 200),
  ];
  return {
    admin: { address: { socket_address: { address: '127.0.0.1', port_value: adminPort } } },
    static_resources: {
      listeners: [
        {
          name: 'application',
          address: { socket_address: { address: serverAddress, port_value: port } },
          filter_chains: [{ filters: [connectionManager(routes)] }],
        },
      ],
    },
  };
}

function connectionManager(routes: readonly JsonObject[]): JsonObject {
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: {
      '@type':
        'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: 'application',
      route_config: { virtual_hosts: [{ name: 'application', domains: ['*'], routes }] },
      http_filters: [
        {
          name: 'envoy.filters.http.router',
          typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
        },
      ],
    },
  };
}
