import type { JsonObject } from '@istio-ts/xds-types';
import { extension } from './protobuf-json.js';
import { sdsSecret, secretNames, trustedRoots } from './sds-secret.js';
import { connectionManager, unlimitedListener, type StaticServer } from './static-listener.js';

export interface SecureMetricsPorts {
  /** Envoy's statistics, for scrapers with a certificate of the mesh. */
  readonly secureMetricsPort?: number | undefined;
  /** The same together with those of agent and application. */
  readonly secureMergedMetricsPort?: number | undefined;
}

const envoyMetrics: StaticServer = {
  statPrefix: 'secure_stats',
  routes: [['/stats/prometheus', 'prometheus_stats']],
  filters: [],
};

const mergedMetrics: StaticServer = {
  statPrefix: 'secure_merged_stats',
  routes: [
    ['/stats/prometheus', 'agent'],
    ['/metrics', 'agent'],
  ],
  filters: [],
};

/** Statistics over mutual TLS with the workload's own certificate, on ports of their own where they are asked for. */
export function createSecureListeners(
  bindAddress: string,
  { secureMetricsPort, secureMergedMetricsPort }: SecureMetricsPorts,
): readonly JsonObject[] {
  return [
    ...(secureMetricsPort ? [secureListener(bindAddress, secureMetricsPort, envoyMetrics)] : []),
    ...(secureMergedMetricsPort ? [secureListener(bindAddress, secureMergedMetricsPort, mergedMetrics)] : []),
  ];
}

function secureListener(bindAddress: string, port: number, server: StaticServer): JsonObject {
  const inspector = 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector';
  return {
    ...unlimitedListener(bindAddress, port),
    listener_filters: [extension('envoy.filters.listener.tls_inspector', inspector)],
    filter_chains: [
      {
        filter_chain_match: { transport_protocol: 'tls' },
        transport_socket: meshTls,
        filters: [connectionManager(server)],
      },
    ],
  };
}

const meshTls: JsonObject = extension(
  'envoy.transport_sockets.tls',
  'envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
  {
    require_client_certificate: true,
    common_tls_context: {
      tls_certificate_sds_secret_configs: [sdsSecret(secretNames.workload)],
      ...trustedRoots(secretNames.meshRoots),
    },
  },
);
