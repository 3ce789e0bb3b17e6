import type { JsonObject } from '@istio-ts/xds-types';
import { extension, socketAddress } from './protobuf-json.js';

export interface StaticListenerSettings {
  readonly bindAddress: string;
  readonly prometheusPort: number;
  readonly statusPort: number;
  /** Statistics are compressed for scrapers that ask for it. */
  readonly statsCompression: boolean;
}

/** The listeners that answer before any control plane: statistics, and the pod's health. */
export function createStaticListeners(settings: StaticListenerSettings): readonly JsonObject[] {
  const { bindAddress, prometheusPort, statusPort, statsCompression } = settings;
  return [
    staticListener(bindAddress, prometheusPort, {
      statPrefix: 'stats',
      path: '/stats/prometheus',
      cluster: 'prometheus_stats',
      filters: statsCompression ? compressors : [],
    }),
    staticListener(bindAddress, statusPort, {
      statPrefix: 'agent',
      path: '/healthz/ready',
      cluster: 'agent',
      filters: [],
    }),
  ];
}

interface OneRoute {
  readonly statPrefix: string;
  readonly path: string;
  readonly cluster: string;
  readonly filters: readonly JsonObject[];
}

function staticListener(bindAddress: string, port: number, route: OneRoute): JsonObject {
  return {
    name: `${bindAddress}_${port}`,
    address: socketAddress(bindAddress, port),
    // Health and statistics answer also when the proxy is full.
    ignore_global_conn_limit: true,
    bypass_overload_manager: true,
    filter_chains: [{ filters: [connectionManager(route)] }],
  };
}

function connectionManager({ statPrefix, path, cluster, filters }: OneRoute): JsonObject {
  const type = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
  const routes = [{ match: { prefix: path }, route: { cluster } }];
  return extension('envoy.filters.network.http_connection_manager', type, {
    codec_type: 'AUTO',
    stat_prefix: statPrefix,
    route_config: { virtual_hosts: [{ name: 'backend', domains: ['*'], routes }] },
    http_filters: [
      ...filters,
      extension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router'),
    ],
  });
}

const metricTypes = [
  'text/plain',
  'application/vnd.google.protobuf',
  'application/openmetrics-text',
  'application/openmetrics-protobuf',
];

const compressors = [
  ['brotli', 'Brotli'],
  ['zstd', 'Zstd'],
  ['gzip', 'Gzip'],
].map(([name = '', message = '']) =>
  extension(
    `envoy.filters.http.compressor.${name}`,
    'envoy.extensions.filters.http.compressor.v3.Compressor',
    {
      compressor_library: extension(
        `stats_${name}`,
        `envoy.extensions.compression.${name}.compressor.v3.${message}`,
      ),
      response_direction_config: { common_config: { content_type: metricTypes } },
    },
  ),
);
