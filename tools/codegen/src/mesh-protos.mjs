/**
 * The files that a mesh speaks; what they import comes along. A name ending in `/` stands for every file below that folder
 * in the pinned Envoy. The readable JSON (config dumps) knows every message of the binary, listed here or not.
 */
export const meshProtos = [
  // resources
  'envoy/config/bootstrap/v3/',
  'envoy/config/cluster/v3/',
  'envoy/config/core/v3/',
  'envoy/config/endpoint/v3/',
  'envoy/config/listener/v3/',
  'envoy/config/route/v3/',
  'envoy/extensions/transport_sockets/tls/v3/',

  // discovery and the services that a proxy calls
  'envoy/service/discovery/v3/',
  'envoy/service/cluster/v3/',
  'envoy/service/endpoint/v3/eds.proto',
  'envoy/service/extension/v3/',
  'envoy/service/listener/v3/',
  'envoy/service/load_stats/v3/',
  'envoy/service/route/v3/rds.proto',
  'envoy/service/secret/v3/',
  'envoy/service/accesslog/v3/',
  'envoy/service/auth/v3/',
  'envoy/service/ext_proc/v3/',
  'envoy/service/health/v3/',
  'envoy/service/metrics/v3/',
  'envoy/service/ratelimit/v3/',
  'src/proto/grpc/health/v1/health.proto',

  // what the admin interface answers
  'envoy/admin/v3/',

  // shared vocabulary
  'envoy/config/common/matcher/v3/',
  'envoy/config/common/mutation_rules/v3/',
  'envoy/config/metrics/v3/',
  'envoy/config/overload/v3/',
  'envoy/config/ratelimit/v3/',
  'envoy/config/rbac/v3/',
  'envoy/config/tap/v3/',
  'envoy/type/http/v3/',
  'envoy/type/matcher/v3/',
  'envoy/type/metadata/v3/',
  'envoy/type/tracing/v3/',
  'envoy/type/v3/',
  'udpa/type/v1/',
  'xds/core/v3/',
  'xds/type/matcher/v3/',
  'xds/type/v3/',
  'google/protobuf/any.proto',
  'google/protobuf/duration.proto',
  'google/protobuf/empty.proto',
  'google/protobuf/struct.proto',
  'google/protobuf/timestamp.proto',
  'google/protobuf/wrappers.proto',
  'google/rpc/status.proto',
  'google/rpc/error_details.proto',

  // listener filters
  'envoy/extensions/filters/listener/http_inspector/v3/',
  'envoy/extensions/filters/listener/local_ratelimit/v3/',
  'envoy/extensions/filters/listener/original_dst/v3/',
  'envoy/extensions/filters/listener/original_src/v3/',
  'envoy/extensions/filters/listener/proxy_protocol/v3/',
  'envoy/extensions/filters/listener/set_filter_state/v3/',
  'envoy/extensions/filters/listener/tls_inspector/v3/',

  // network filters
  'envoy/extensions/filters/network/connection_limit/v3/',
  'envoy/extensions/filters/network/direct_response/v3/',
  'envoy/extensions/filters/network/echo/v3/',
  'envoy/extensions/filters/network/ext_authz/v3/',
  'envoy/extensions/filters/network/http_connection_manager/v3/',
  'envoy/extensions/filters/network/local_ratelimit/v3/',
  'envoy/extensions/filters/network/mongo_proxy/v3/',
  'envoy/extensions/filters/network/ratelimit/v3/',
  'envoy/extensions/filters/network/rbac/v3/',
  'envoy/extensions/filters/network/redis_proxy/v3/',
  'envoy/extensions/filters/network/set_filter_state/v3/',
  'envoy/extensions/filters/network/sni_cluster/v3/',
  'envoy/extensions/filters/network/sni_dynamic_forward_proxy/v3/',
  'envoy/extensions/filters/network/tcp_proxy/v3/',
  'envoy/extensions/filters/network/wasm/v3/',

  // HTTP filters
  'envoy/extensions/filters/common/fault/v3/',
  'envoy/extensions/filters/common/matcher/action/v3/',
  'envoy/extensions/filters/common/set_filter_state/v3/',
  'envoy/extensions/filters/http/basic_auth/v3/',
  'envoy/extensions/filters/http/buffer/v3/',
  'envoy/extensions/filters/http/composite/v3/',
  'envoy/extensions/filters/http/compressor/v3/',
  'envoy/extensions/filters/http/cors/v3/',
  'envoy/extensions/filters/http/csrf/v3/',
  'envoy/extensions/filters/http/decompressor/v3/',
  'envoy/extensions/filters/http/dynamic_forward_proxy/v3/',
  'envoy/extensions/filters/http/ext_authz/v3/',
  'envoy/extensions/filters/http/ext_proc/v3/',
  'envoy/extensions/filters/http/fault/v3/',
  'envoy/extensions/filters/http/grpc_http1_bridge/v3/',
  'envoy/extensions/filters/http/grpc_json_transcoder/v3/',
  'envoy/extensions/filters/http/grpc_stats/v3/',
  'envoy/extensions/filters/http/grpc_web/v3/',
  'envoy/extensions/filters/http/header_mutation/v3/',
  'envoy/extensions/filters/http/header_to_metadata/v3/',
  'envoy/extensions/filters/http/health_check/v3/',
  'envoy/extensions/filters/http/jwt_authn/v3/',
  'envoy/extensions/filters/http/local_ratelimit/v3/',
  'envoy/extensions/filters/http/lua/v3/',
  'envoy/extensions/filters/http/oauth2/v3/',
  'envoy/extensions/filters/http/on_demand/v3/',
  'envoy/extensions/filters/http/original_src/v3/',
  'envoy/extensions/filters/http/ratelimit/v3/',
  'envoy/extensions/filters/http/rbac/v3/',
  'envoy/extensions/filters/http/router/v3/',
  'envoy/extensions/filters/http/set_filter_state/v3/',
  'envoy/extensions/filters/http/set_metadata/v3/',
  'envoy/extensions/filters/http/stateful_session/v3/',
  'envoy/extensions/filters/http/tap/v3/',
  'envoy/extensions/filters/http/upstream_codec/v3/',
  'envoy/extensions/filters/http/wasm/v3/',

  // the rest of a request's way
  'envoy/extensions/access_loggers/file/v3/',
  'envoy/extensions/access_loggers/filters/cel/v3/',
  'envoy/extensions/access_loggers/grpc/v3/',
  'envoy/extensions/access_loggers/open_telemetry/v3/',
  'envoy/extensions/access_loggers/stats/v3/',
  'envoy/extensions/access_loggers/stream/v3/',
  'envoy/extensions/access_loggers/wasm/v3/',
  'envoy/extensions/bootstrap/internal_listener/v3/',
  'envoy/extensions/clusters/aggregate/v3/',
  'envoy/extensions/clusters/dns/v3/',
  'envoy/extensions/clusters/dynamic_forward_proxy/v3/',
  'envoy/extensions/clusters/original_dst/v3/',
  'envoy/extensions/clusters/redis/v3/',
  'envoy/extensions/common/matching/v3/',
  'envoy/extensions/common/ratelimit/v3/',
  'envoy/extensions/compression/',
  'envoy/extensions/formatter/cel/v3/',
  'envoy/extensions/formatter/metadata/v3/',
  'envoy/extensions/formatter/req_without_query/v3/',
  'envoy/extensions/http/header_formatters/preserve_case/v3/',
  'envoy/extensions/http/original_ip_detection/',
  'envoy/extensions/http/stateful_session/',
  'envoy/extensions/internal_redirect/allow_listed_routes/v3/',
  'envoy/extensions/internal_redirect/previous_routes/v3/',
  'envoy/extensions/internal_redirect/safe_cross_scheme/v3/',
  'envoy/extensions/load_balancing_policies/client_side_weighted_round_robin/v3/',
  'envoy/extensions/load_balancing_policies/cluster_provided/v3/',
  'envoy/extensions/load_balancing_policies/common/v3/',
  'envoy/extensions/load_balancing_policies/least_request/v3/',
  'envoy/extensions/load_balancing_policies/maglev/v3/',
  'envoy/extensions/load_balancing_policies/override_host/v3/',
  'envoy/extensions/load_balancing_policies/random/v3/',
  'envoy/extensions/load_balancing_policies/ring_hash/v3/',
  'envoy/extensions/load_balancing_policies/round_robin/v3/',
  'envoy/extensions/load_balancing_policies/subset/v3/',
  'envoy/extensions/load_balancing_policies/wrr_locality/v3/',
  'envoy/extensions/matching/common_inputs/environment_variable/v3/',
  'envoy/extensions/matching/common_inputs/network/v3/',
  'envoy/extensions/matching/common_inputs/ssl/v3/',
  'envoy/extensions/matching/input_matchers/consistent_hashing/v3/',
  'envoy/extensions/matching/input_matchers/ip/v3/',
  'envoy/extensions/matching/input_matchers/metadata/v3/',
  'envoy/extensions/matching/input_matchers/runtime_fraction/v3/',
  'envoy/extensions/network/dns_resolver/cares/v3/',
  'envoy/extensions/network/dns_resolver/getaddrinfo/v3/',
  'envoy/extensions/path/',
  'envoy/extensions/rate_limit_descriptors/expr/v3/',
  'envoy/extensions/rbac/',
  'envoy/extensions/regex_engines/v3/',
  'envoy/extensions/request_id/uuid/v3/',
  'envoy/extensions/resource_monitors/cgroup_memory/v3/',
  'envoy/extensions/resource_monitors/cpu_utilization/v3/',
  'envoy/extensions/resource_monitors/downstream_connections/v3/',
  'envoy/extensions/resource_monitors/fixed_heap/v3/',
  'envoy/extensions/retry/',
  'envoy/extensions/stat_sinks/graphite_statsd/v3/',
  'envoy/extensions/stat_sinks/open_telemetry/v3/',
  'envoy/extensions/stat_sinks/wasm/v3/',
  'envoy/extensions/tracers/opentelemetry/',
  'envoy/extensions/transport_sockets/internal_upstream/v3/',
  'envoy/extensions/transport_sockets/proxy_protocol/v3/',
  'envoy/extensions/transport_sockets/raw_buffer/v3/',
  'envoy/extensions/transport_sockets/starttls/v3/',
  'envoy/extensions/transport_sockets/tap/v3/',
  'envoy/extensions/transport_sockets/tcp_stats/v3/',
  'envoy/extensions/upstreams/http/generic/v3/',
  'envoy/extensions/upstreams/http/http/v3/',
  'envoy/extensions/upstreams/http/tcp/v3/',
  'envoy/extensions/upstreams/http/v3/',
  'envoy/extensions/upstreams/tcp/generic/v3/',
  'envoy/extensions/upstreams/tcp/v3/',
  'envoy/extensions/wasm/v3/',
  'envoy/config/trace/v3/',
];

/**
 * @param {readonly string[]} entries as in `meshProtos`
 * @param {Iterable<string>} names every file there is
 * @returns {readonly string[]} the file names meant, sorted
 * @throws {Error} when an entry means no file: a spelling mistake, or gone from this Envoy
 */
export function expandEntries(entries, names) {
  const all = [...names];
  const meant = entries.flatMap((entry) => {
    const hits = entry.endsWith('/')
      ? all.filter((name) => name.startsWith(entry))
      : all.filter((name) => name === entry);
    if (hits.length === 0) throw new Error(`no file of the Envoy binary matches ${entry} of mesh-protos.mjs`);
    return hits;
  });
  return [...new Set(meant)].sort();
}

/**
 * Files that hold only annotations of other files, or the compiler's own messages: nothing of them is ever on the wire.
 *
 * @param {string} name
 */
export function withoutMessages(name) {
  return /^(validate|udpa\/annotations|xds\/annotations|envoy\/annotations|google\/api\/(annotations|http))\b|^google\/protobuf\/descriptor\.proto$/.test(
    name,
  );
}

/**
 * Whether the readable JSON knows a file: all of Envoy's API, not what its other libraries carry for themselves.
 *
 * @param {string} name
 */
export function knownToJson(name) {
  return /^(envoy|xds|udpa|google|cel|opentelemetry|validate|src\/proto\/grpc\/health)\//.test(name);
}
