import type { JsonObject } from '@istio-ts/xds-types';
import { readJsonObject, type NodeInput } from '../pod/node-metadata.js';
import { numberField, stringField } from '../pod/proxy-config.js';
import { createNode } from './node.js';
import { createOverloadSettings } from './overload-settings.js';
import { extension, present, socketAddress, typed } from './protobuf-json.js';
import { createRemoteServices, type RemoteServices } from './remote-services.js';
import { createRuntime } from './runtime-layer.js';
import { createStaticClusters } from './static-clusters.js';
import { createStaticListeners } from './static-listeners.js';
import { createStatsConfig, type StatsTag } from './stats-config.js';
import { createStatsIntervals } from './stats-intervals.js';

export interface BootstrapInput extends NodeInput {
  readonly nodeId: string;
  /** Labels of our Wasm filters' metrics. */
  readonly wasmStatsTags: readonly StatsTag[];
  /** Address of the static listeners, all addresses by default. */
  readonly bindAddress: string;
  /** Address of the admin interface, and of the agent as Envoy sees it. */
  readonly loopback: string;
  /** Mark of upstream sockets, where capture exempts by it. */
  readonly socketMark?: number | undefined;
  readonly exitOnZeroActiveConnections: boolean;
  /** What the environment's COMPLIANCE_POLICY says: `fips-140-2` keeps TLS 1.3 out of Envoy’s own gRPC client. */
  readonly compliancePolicy?: string | undefined;
}

/** Envoy's whole bootstrap configuration as protobuf JSON. Pure: the same input is the same configuration. */
export function createBootstrap(input: BootstrapInput): JsonObject {
  const { proxyConfig, annotations, outlierLogPath } = input;
  const adminPort = numberField(proxyConfig, 'proxyAdminPort') ?? 15000;
  const remote = createRemoteServices(proxyConfig, input.instanceIps);
  return present({
    application_log_config: {
      log_format: { text_format: '%Y-%m-%dT%T.%fZ\t%l\tenvoy %n %g:%#\t%v\tthread=%t' },
    },
    node: createNode(input.nodeId, input),
    layered_runtime: createRuntime(proxyConfig, input.compliancePolicy),
    bootstrap_extensions: [internalListener],
    stats_config: createStatsConfig(input),
    stats_sinks: remote.sinks,
    tracing: remote.tracing,
    ...createStatsIntervals(annotations),
    admin: createAdmin(input.loopback, adminPort),
    dynamic_resources: dynamicResources,
    static_resources: createStaticResources(input, adminPort, remote),
    overload_manager: createOverloadSettings(proxyConfig),
    cluster_manager: present({
      outlier_detection: outlierLogPath === undefined ? undefined : { event_log_path: outlierLogPath },
      enable_deferred_cluster_creation: true,
      load_stats_config: loadReporting(input.env),
      upstream_bind_config: input.socketMark === undefined ? undefined : markedSockets(input.socketMark),
    }),
    deferred_stat_options: { enable_deferred_creation_stats: true },
  });
}

/** Where Envoy reports the load of clusters to, as the environment says it in JSON. */
function loadReporting(env: BootstrapInput['env']): JsonObject | undefined {
  const config = readJsonObject(env['ISTIO_META_LOAD_STATS_CONFIG_JSON']);
  return Object.keys(config).length > 0 ? config : undefined;
}

function createStaticResources(input: BootstrapInput, adminPort: number, remote: RemoteServices): JsonObject {
  const { proxyConfig, bindAddress, loopback } = input;
  return {
    clusters: [
      ...createStaticClusters({
        loopback,
        adminPort,
        agentPort: numberField(proxyConfig, 'statusPort') ?? 15020,
        xdsSocket: `${stringField(proxyConfig, 'configPath') ?? './etc/istio/proxy'}/XDS`,
        sdsSocket: `./var/run/secrets/workload-spiffe-uds/${input.identitySocket}`,
      }),
      ...remote.clusters,
    ],
    listeners: createStaticListeners({
      bindAddress,
      prometheusPort: input.prometheusPort,
      statusPort: input.statusPort,
      statsCompression: proxyConfig['statsCompression'] !== false,
      secureMetricsPort: input.secureMetricsPort,
      secureMergedMetricsPort: input.secureMergedMetricsPort,
    }),
  };
}

/** The deprecated-looking TypedStruct is how this extension is configured without its message being known to the writer. */
const internalListener: JsonObject = extension(
  'envoy.bootstrap.internal_listener',
  'udpa.type.v1.TypedStruct',
  {
    type_url: 'type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener',
    value: { buffer_size_kb: 64 },
  },
);

const overAds: JsonObject = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };

const dynamicResources: JsonObject = {
  lds_config: overAds,
  cds_config: overAds,
  ads_config: {
    api_type: 'DELTA_GRPC',
    set_node_on_first_message_only: true,
    transport_api_version: 'V3',
    grpc_services: [{ envoy_grpc: { cluster_name: 'xds-grpc' } }],
  },
};

function createAdmin(address: string, port: number): JsonObject {
  const { socket_address: socket } = socketAddress(address, port);
  return {
    access_log: [
      {
        name: 'envoy.access_loggers.file',
        typed_config: typed('envoy.extensions.access_loggers.file.v3.FileAccessLog', { path: '/dev/null' }),
      },
    ],
    profile_path: '/var/lib/istio/data/envoy.prof',
    address: { socket_address: socket ?? null },
  };
}

const solSocket = 1;
const soMark = 36;

function markedSockets(mark: number): JsonObject {
  const option = { description: 'capture exemption', level: solSocket, name: soMark, int_value: mark };
  return { socket_options: [{ ...option, state: 'STATE_PREBIND' }] };
}
