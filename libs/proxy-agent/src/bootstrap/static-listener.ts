import type { JsonObject } from '@istio-ts/xds-types';
import { extension, socketAddress } from './protobuf-json.js';

/** What one of the agent's own listeners answers. */
export interface StaticServer {
  readonly statPrefix: string;
  /** Path prefix and cluster of each route. */
  readonly routes: readonly (readonly [path: string, cluster: string])[];
  readonly filters: readonly JsonObject[];
}

/** Health and statistics answer also when the proxy is full. */
export function unlimitedListener(bindAddress: string, port: number): JsonObject {
  return {
    name: `${bindAddress}_${port}`,
    address: socketAddress(bindAddress, port),
    ignore_global_conn_limit: true,
    bypass_overload_manager: true,
  };
}

export function connectionManager({ statPrefix, routes, filters }: StaticServer): JsonObject {
  const type = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
  return extension('envoy.filters.network.http_connection_manager', type, {
    codec_type: 'AUTO',
    stat_prefix: statPrefix,
    route_config: {
      virtual_hosts: [
        {
          name: 'backend',
          domains: ['*'],
          routes: routes.map(([prefix, cluster]) => ({ match: { prefix }, route: { cluster } })),
        },
      ],
    },
    http_filters: [
      ...filters,
      extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router'),
    ],
  });
}
