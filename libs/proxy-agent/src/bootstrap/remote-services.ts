import { isIPv6 } from 'node:net';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import {
  durationField,
  numberField,
  objectField,
  stringField,
  type ProxyConfig,
} from '../pod/proxy-config.js';
import { extension, present } from './protobuf-json.js';
import { http2 } from './static-clusters.js';
import { createUpstreamTls } from './upstream-tls.js';

/**
 * Services outside the mesh's configuration that ProxyConfig names: a collector of traces, of metrics, of access logs, and
 * a statsd. A ProxyConfig may name Lightstep, which is left out: Envoy has no such tracer any more.
 */
export interface RemoteServices {
  readonly clusters: readonly JsonObject[];
  readonly tracing: JsonObject | undefined;
  readonly sinks: readonly JsonObject[] | undefined;
}

export function createRemoteServices(
  proxyConfig: ProxyConfig,
  instanceIps: readonly string[],
): RemoteServices {
  const tracer = tracerOf(proxyConfig);
  const metrics = serviceOf(proxyConfig, 'envoyMetricsService');
  const accessLog = serviceOf(proxyConfig, 'envoyAccessLogService');
  const clusters = [
    tracer?.cluster,
    metrics && { ...metrics, name: 'envoy_metrics_service', options: http2 },
    accessLog && { ...accessLog, name: 'envoy_accesslog_service', options: http2 },
  ].filter((cluster) => cluster !== undefined);
  const sinks = [metrics && metricsSink, ...statsdSinks(stringField(proxyConfig, 'statsdUdpAddress'))].filter(
    (sink) => sink !== undefined,
  );
  return {
    clusters: clusters.map((cluster) => remoteCluster(cluster, instanceIps)),
    tracing: tracer && { http: tracer.config },
    sinks: sinks.length > 0 ? sinks : undefined,
  };
}

interface RemoteService {
  readonly address: string;
  readonly tlsSettings: JsonObject;
  readonly tcpKeepalive?: JsonObject;
}

interface RemoteCluster extends RemoteService {
  readonly name: string;
  readonly options: JsonObject;
}

interface Tracer {
  readonly cluster: RemoteCluster;
  readonly config: JsonObject;
}

/** The collector of traces; `zipkinAddress` is the older form of `tracing.zipkin.address`. */
function tracerOf(proxyConfig: ProxyConfig): Tracer | undefined {
  const tracing = objectField(proxyConfig, 'tracing');
  const tlsSettings = objectField(tracing, 'tlsSettings');
  const address = (kind: string): string | undefined => stringField(objectField(tracing, kind), 'address');
  const zipkin = address('zipkin') ?? stringField(proxyConfig, 'zipkinAddress');
  if (zipkin !== undefined) {
    const options = { dns_refresh_rate: '30s' };
    return { cluster: { name: 'zipkin', address: zipkin, tlsSettings, options }, config: zipkinTracer };
  }
  const datadog = address('datadog');
  if (datadog === undefined) return undefined;
  const service_name = stringField(proxyConfig, 'serviceCluster') ?? 'istio-proxy';
  return {
    cluster: { name: datadogCluster, address: datadog, tlsSettings, options: {} },
    config: extension('envoy.tracers.datadog', 'envoy.config.trace.v3.DatadogConfig', {
      collector_cluster: datadogCluster,
      service_name,
    }),
  };
}

function serviceOf(proxyConfig: ProxyConfig, field: string): RemoteService | undefined {
  const service = objectField(proxyConfig, field);
  const address = stringField(service, 'address');
  if (address === undefined) return undefined;
  return {
    address,
    tlsSettings: objectField(service, 'tlsSettings'),
    tcpKeepalive: objectField(service, 'tcpKeepalive'),
  };
}

function remoteCluster(cluster: RemoteCluster, instanceIps: readonly string[]): JsonObject {
  const { name, address, tlsSettings, tcpKeepalive = {}, options } = cluster;
  const http2 = 'typed_extension_protocol_options' in options;
  const endpoint = { address: addressOf(address) };
  return present({
    name,
    alt_stat_name: `${name};`,
    type: 'STRICT_DNS',
    respect_dns_ttl: true,
    dns_lookup_family: lookupFamily(instanceIps),
    connect_timeout: '1s',
    lb_policy: 'ROUND_ROBIN',
    load_assignment: { cluster_name: name, endpoints: [{ lb_endpoints: [{ endpoint }] }] },
    transport_socket: createUpstreamTls(tlsSettings, { name: hostPort(address)[0], http2 }),
    upstream_connection_options: keepalive(tcpKeepalive),
    ...options,
  });
}

/** Only families that the pod has itself can be reached. */
function lookupFamily(instanceIps: readonly string[]): string {
  const families = new Set(instanceIps.map(isIPv6));
  if (families.size > 1) return 'ALL';
  return families.has(true) ? 'V6_ONLY' : 'V4_ONLY';
}

function keepalive(settings: JsonObject): JsonObject | undefined {
  const seconds = (field: string): JsonValue | undefined => {
    const ms = durationField(settings, field);
    return ms === undefined ? undefined : Math.ceil(ms / 1000);
  };
  const fields = present({
    keepalive_probes: numberField(settings, 'probes'),
    keepalive_time: seconds('time'),
    keepalive_interval: seconds('interval'),
  });
  return Object.keys(fields).length > 0 ? { tcp_keepalive: fields } : undefined;
}

const metricsSink: JsonObject = extension(
  'envoy.stat_sinks.metrics_service',
  'envoy.config.metrics.v3.MetricsServiceConfig',
  {
    transport_api_version: 'V3',
    grpc_service: { envoy_grpc: { cluster_name: 'envoy_metrics_service' } },
  },
);

function statsdSinks(address: string | undefined): readonly JsonObject[] {
  if (address === undefined) return [];
  const type = 'envoy.config.metrics.v3.StatsdSink';
  return [extension('envoy.stat_sinks.statsd', type, { address: addressOf(address) })];
}

const datadogCluster = 'datadog_agent';

const zipkinTracer = extension('envoy.tracers.zipkin', 'envoy.config.trace.v3.ZipkinConfig', {
  collector_cluster: 'zipkin',
  collector_endpoint: '/api/v2/spans',
  collector_endpoint_version: 'HTTP_JSON',
  trace_id_128bit: true,
  shared_span_context: false,
});

function addressOf(text: string): JsonObject {
  const [address, port] = hostPort(text);
  return { socket_address: { address, port_value: port } };
}

/** `host:port`, `[v6]:port`. Throws a MeshError where it is not that. */
function hostPort(text: string): readonly [host: string, port: number] {
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host !== undefined && port !== undefined) return [host, Number(port)];
  throw new MeshError(MeshErrorCode.Usage, `ProxyConfig names the service "${text}": expected host:port`);
}
