import type { JsonObject } from '@istio-ts/xds-types';
import { socketAddress, typed } from './protobuf-json.js';

export interface StaticClusterSettings {
  readonly loopback: string;
  readonly adminPort: number;
  /** The agent's status port. */
  readonly agentPort: number;
  readonly xdsSocket: string;
  readonly sdsSocket: string;
}

/** The clusters that exist before any control plane: Envoy's own statistics, the agent, and its two gRPC services. */
export function createStaticClusters(settings: StaticClusterSettings): readonly JsonObject[] {
  const { loopback, adminPort, agentPort, xdsSocket, sdsSocket } = settings;
  return [
    staticCluster('prometheus_stats', socketAddress(loopback, adminPort), { connect_timeout: '0.250s' }),
    staticCluster('agent', socketAddress(loopback, agentPort), { connect_timeout: '0.250s' }),
    staticCluster('sds-grpc', pipe(sdsSocket), { connect_timeout: '1s', ...http2 }),
    staticCluster('xds-grpc', pipe(xdsSocket), { connect_timeout: '1s', ...http2, ...xdsLimits }),
  ];
}

export const http2: JsonObject = {
  typed_extension_protocol_options: {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': typed(
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
      { explicit_http_config: { http2_protocol_options: {} } },
    ),
  },
};

const unlimited = { max_connections: 100000, max_pending_requests: 100000, max_requests: 100000 };

/** A connection of its own for each stream, alive through idle times, and never refused by a circuit breaker. */
const xdsLimits: JsonObject = {
  circuit_breakers: {
    thresholds: [
      { priority: 'DEFAULT', ...unlimited },
      { priority: 'HIGH', ...unlimited },
    ],
  },
  upstream_connection_options: { tcp_keepalive: { keepalive_time: 300 } },
  max_requests_per_connection: 1,
};

function staticCluster(name: string, address: JsonObject, options: JsonObject): JsonObject {
  return {
    name,
    alt_stat_name: `${name};`,
    type: 'STATIC',
    lb_policy: 'ROUND_ROBIN',
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }] },
    ...options,
  };
}

function pipe(path: string): JsonObject {
  return { pipe: { path } };
}
