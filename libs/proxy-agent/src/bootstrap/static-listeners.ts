import type { JsonObject } from '@istio-ts/xds-types';
import { extension } from './protobuf-json.js';
import { createSecureListeners, type SecureMetricsPorts } from './secure-listeners.js';
import { connectionManager, unlimitedListener, type StaticServer } from './static-listener.js';

export interface StaticListenerSettings extends SecureMetricsPorts {
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
      routes: [['/stats/prometheus', 'prometheus_stats']],
      filters: statsCompression ? compressors : [],
    }),
    ...createSecureListeners(bindAddress, settings),
    staticListener(bindAddress, statusPort, {
      statPrefix: 'agent',
      routes: [['/healthz/ready', 'agent']],
      filters: [],
    }),
  ];
}

function staticListener(bindAddress: string, port: number, server: StaticServer): JsonObject {
  return {
    ...unlimitedListener(bindAddress, port),
    filter_chains: [{ filters: [connectionManager(server)] }],
  };
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
