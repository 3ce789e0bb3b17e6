/**
 * Envoy's messages, a namespace a protobuf package, always used qualified: `listener.Listener`, `core.Address`, `hcm.HttpFilter`.
 * A message is a type and, under the same name, its codec. Readable JSON is `@istio-ts/xds-types/json`, the table of all
 * codecs `@istio-ts/xds-types/registry`: both are large and stand apart.
 */

// Resources
export * as bootstrap from '../gen/packages/envoy.config.bootstrap.v3.js';
export * as cluster from '../gen/packages/envoy.config.cluster.v3.js';
export * as core from '../gen/packages/envoy.config.core.v3.js';
export * as endpoint from '../gen/packages/envoy.config.endpoint.v3.js';
export * as listener from '../gen/packages/envoy.config.listener.v3.js';
export * as route from '../gen/packages/envoy.config.route.v3.js';
export * as tls from '../gen/packages/envoy.extensions.transport_sockets.tls.v3.js';

// Discovery, and the services that a proxy calls
export * as discovery from '../gen/packages/envoy.service.discovery.v3.js';
export * as secretService from '../gen/packages/envoy.service.secret.v3.js';
export * as clusterService from '../gen/packages/envoy.service.cluster.v3.js';
export * as endpointService from '../gen/packages/envoy.service.endpoint.v3.js';
export * as extensionService from '../gen/packages/envoy.service.extension.v3.js';
export * as listenerService from '../gen/packages/envoy.service.listener.v3.js';
export * as routeService from '../gen/packages/envoy.service.route.v3.js';
export * as status from '../gen/packages/envoy.service.status.v3.js';
export * as loadStats from '../gen/packages/envoy.service.load_stats.v3.js';
export * as accessLogService from '../gen/packages/envoy.service.accesslog.v3.js';
export * as authService from '../gen/packages/envoy.service.auth.v3.js';
export * as extProcService from '../gen/packages/envoy.service.ext_proc.v3.js';
export * as healthDiscovery from '../gen/packages/envoy.service.health.v3.js';
export * as metricsService from '../gen/packages/envoy.service.metrics.v3.js';
export * as rateLimitService from '../gen/packages/envoy.service.ratelimit.v3.js';
export * as grpcHealth from '../gen/packages/grpc.health.v1.js';
export * as istioCa from '../gen/packages/istio.v1.auth.js';
export * as nameTable from '../gen/packages/istio.networking.nds.v1.js';

// Answers of the admin interface, and what proxies report
export * as admin from '../gen/packages/envoy.admin.v3.js';
export * as accessLogEntry from '../gen/packages/envoy.data.accesslog.v3.js';

// Shared vocabulary
export * as accesslog from '../gen/packages/envoy.config.accesslog.v3.js';
export * as commonMatcher from '../gen/packages/envoy.config.common.matcher.v3.js';
export * as mutationRules from '../gen/packages/envoy.config.common.mutation_rules.v3.js';
export * as metrics from '../gen/packages/envoy.config.metrics.v3.js';
export * as overload from '../gen/packages/envoy.config.overload.v3.js';
export * as rateLimitConfig from '../gen/packages/envoy.config.ratelimit.v3.js';
export * as rbac from '../gen/packages/envoy.config.rbac.v3.js';
export * as tapConfig from '../gen/packages/envoy.config.tap.v3.js';
export * as trace from '../gen/packages/envoy.config.trace.v3.js';
export * as httpType from '../gen/packages/envoy.type.http.v3.js';
export * as matcher from '../gen/packages/envoy.type.matcher.v3.js';
export * as metadata from '../gen/packages/envoy.type.metadata.v3.js';
export * as tracing from '../gen/packages/envoy.type.tracing.v3.js';
export * as type from '../gen/packages/envoy.type.v3.js';
export * as google from '../gen/packages/google.protobuf.js';
export * as rpc from '../gen/packages/google.rpc.js';
export * as udpaType from '../gen/packages/udpa.type.v1.js';
export * as xdsCore from '../gen/packages/xds.core.v3.js';
export * as xdsMatcher from '../gen/packages/xds.type.matcher.v3.js';
export * as xdsType from '../gen/packages/xds.type.v3.js';
export * as celExpr from '../gen/packages/cel.expr.js';
export * as otlpCommon from '../gen/packages/opentelemetry.proto.common.v1.js';
export * as prometheus from '../gen/packages/io.prometheus.client.js';

// Listener filters
export * as httpInspector from '../gen/packages/envoy.extensions.filters.listener.http_inspector.v3.js';
export * as listenerLocalRateLimit from '../gen/packages/envoy.extensions.filters.listener.local_ratelimit.v3.js';
export * as originalDst from '../gen/packages/envoy.extensions.filters.listener.original_dst.v3.js';
export * as originalSrc from '../gen/packages/envoy.extensions.filters.listener.original_src.v3.js';
export * as proxyProtocol from '../gen/packages/envoy.extensions.filters.listener.proxy_protocol.v3.js';
export * as listenerSetFilterState from '../gen/packages/envoy.extensions.filters.listener.set_filter_state.v3.js';
export * as tlsInspector from '../gen/packages/envoy.extensions.filters.listener.tls_inspector.v3.js';

// Network filters
export * as hcm from '../gen/packages/envoy.extensions.filters.network.http_connection_manager.v3.js';
export * as tcpProxy from '../gen/packages/envoy.extensions.filters.network.tcp_proxy.v3.js';
export * as connectionLimit from '../gen/packages/envoy.extensions.filters.network.connection_limit.v3.js';
export * as networkDirectResponse from '../gen/packages/envoy.extensions.filters.network.direct_response.v3.js';
export * as echo from '../gen/packages/envoy.extensions.filters.network.echo.v3.js';
export * as networkExtAuthz from '../gen/packages/envoy.extensions.filters.network.ext_authz.v3.js';
export * as networkLocalRateLimit from '../gen/packages/envoy.extensions.filters.network.local_ratelimit.v3.js';
export * as mongoProxy from '../gen/packages/envoy.extensions.filters.network.mongo_proxy.v3.js';
export * as networkRateLimit from '../gen/packages/envoy.extensions.filters.network.ratelimit.v3.js';
export * as networkRbac from '../gen/packages/envoy.extensions.filters.network.rbac.v3.js';
export * as redisProxy from '../gen/packages/envoy.extensions.filters.network.redis_proxy.v3.js';
export * as networkSetFilterState from '../gen/packages/envoy.extensions.filters.network.set_filter_state.v3.js';
export * as sniCluster from '../gen/packages/envoy.extensions.filters.network.sni_cluster.v3.js';
export * as sniDynamicForwardProxy from '../gen/packages/envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.js';
export * as networkWasm from '../gen/packages/envoy.extensions.filters.network.wasm.v3.js';

// HTTP filters
export * as router from '../gen/packages/envoy.extensions.filters.http.router.v3.js';
export * as basicAuth from '../gen/packages/envoy.extensions.filters.http.basic_auth.v3.js';
export * as buffer from '../gen/packages/envoy.extensions.filters.http.buffer.v3.js';
export * as composite from '../gen/packages/envoy.extensions.filters.http.composite.v3.js';
export * as compressor from '../gen/packages/envoy.extensions.filters.http.compressor.v3.js';
export * as cors from '../gen/packages/envoy.extensions.filters.http.cors.v3.js';
export * as csrf from '../gen/packages/envoy.extensions.filters.http.csrf.v3.js';
export * as decompressor from '../gen/packages/envoy.extensions.filters.http.decompressor.v3.js';
export * as dynamicForwardProxy from '../gen/packages/envoy.extensions.filters.http.dynamic_forward_proxy.v3.js';
export * as extAuthz from '../gen/packages/envoy.extensions.filters.http.ext_authz.v3.js';
export * as extProc from '../gen/packages/envoy.extensions.filters.http.ext_proc.v3.js';
export * as fault from '../gen/packages/envoy.extensions.filters.http.fault.v3.js';
export * as commonFault from '../gen/packages/envoy.extensions.filters.common.fault.v3.js';
export * as grpcHttp1Bridge from '../gen/packages/envoy.extensions.filters.http.grpc_http1_bridge.v3.js';
export * as grpcJsonTranscoder from '../gen/packages/envoy.extensions.filters.http.grpc_json_transcoder.v3.js';
export * as grpcStats from '../gen/packages/envoy.extensions.filters.http.grpc_stats.v3.js';
export * as grpcWeb from '../gen/packages/envoy.extensions.filters.http.grpc_web.v3.js';
export * as headerMutation from '../gen/packages/envoy.extensions.filters.http.header_mutation.v3.js';
export * as headerToMetadata from '../gen/packages/envoy.extensions.filters.http.header_to_metadata.v3.js';
export * as httpHealthCheck from '../gen/packages/envoy.extensions.filters.http.health_check.v3.js';
export * as jwtAuthn from '../gen/packages/envoy.extensions.filters.http.jwt_authn.v3.js';
export * as httpLocalRateLimit from '../gen/packages/envoy.extensions.filters.http.local_ratelimit.v3.js';
export * as lua from '../gen/packages/envoy.extensions.filters.http.lua.v3.js';
export * as oauth2 from '../gen/packages/envoy.extensions.filters.http.oauth2.v3.js';
export * as onDemand from '../gen/packages/envoy.extensions.filters.http.on_demand.v3.js';
export * as httpOriginalSrc from '../gen/packages/envoy.extensions.filters.http.original_src.v3.js';
export * as httpRateLimit from '../gen/packages/envoy.extensions.filters.http.ratelimit.v3.js';
export * as httpRbac from '../gen/packages/envoy.extensions.filters.http.rbac.v3.js';
export * as httpSetFilterState from '../gen/packages/envoy.extensions.filters.http.set_filter_state.v3.js';
export * as setMetadata from '../gen/packages/envoy.extensions.filters.http.set_metadata.v3.js';
export * as statefulSession from '../gen/packages/envoy.extensions.filters.http.stateful_session.v3.js';
export * as httpTap from '../gen/packages/envoy.extensions.filters.http.tap.v3.js';
export * as upstreamCodec from '../gen/packages/envoy.extensions.filters.http.upstream_codec.v3.js';
export * as httpWasm from '../gen/packages/envoy.extensions.filters.http.wasm.v3.js';
export * as setFilterState from '../gen/packages/envoy.extensions.filters.common.set_filter_state.v3.js';
export * as matcherAction from '../gen/packages/envoy.extensions.filters.common.matcher.action.v3.js';

// Access loggers, statistics, tracing
export * as fileAccessLog from '../gen/packages/envoy.extensions.access_loggers.file.v3.js';
export * as celAccessLogFilter from '../gen/packages/envoy.extensions.access_loggers.filters.cel.v3.js';
export * as grpcAccessLog from '../gen/packages/envoy.extensions.access_loggers.grpc.v3.js';
export * as otelAccessLog from '../gen/packages/envoy.extensions.access_loggers.open_telemetry.v3.js';
export * as statsAccessLog from '../gen/packages/envoy.extensions.access_loggers.stats.v3.js';
export * as streamAccessLog from '../gen/packages/envoy.extensions.access_loggers.stream.v3.js';
export * as wasmAccessLog from '../gen/packages/envoy.extensions.access_loggers.wasm.v3.js';
export * as celFormatter from '../gen/packages/envoy.extensions.formatter.cel.v3.js';
export * as metadataFormatter from '../gen/packages/envoy.extensions.formatter.metadata.v3.js';
export * as reqWithoutQueryFormatter from '../gen/packages/envoy.extensions.formatter.req_without_query.v3.js';
export * as graphiteStatsd from '../gen/packages/envoy.extensions.stat_sinks.graphite_statsd.v3.js';
export * as otelStatSink from '../gen/packages/envoy.extensions.stat_sinks.open_telemetry.v3.js';
export * as wasmStatSink from '../gen/packages/envoy.extensions.stat_sinks.wasm.v3.js';
export * as otelResourceDetectors from '../gen/packages/envoy.extensions.tracers.opentelemetry.resource_detectors.v3.js';
export * as otelSamplers from '../gen/packages/envoy.extensions.tracers.opentelemetry.samplers.v3.js';

// Clusters, upstreams, load balancing, retries
export * as aggregateCluster from '../gen/packages/envoy.extensions.clusters.aggregate.v3.js';
export * as dnsCluster from '../gen/packages/envoy.extensions.clusters.dns.v3.js';
export * as dnsCommon from '../gen/packages/envoy.extensions.clusters.common.dns.v3.js';
export * as dynamicForwardProxyCluster from '../gen/packages/envoy.extensions.clusters.dynamic_forward_proxy.v3.js';
export * as originalDstCluster from '../gen/packages/envoy.extensions.clusters.original_dst.v3.js';
export * as redisCluster from '../gen/packages/envoy.extensions.clusters.redis.v3.js';
export * as dynamicForwardProxyCommon from '../gen/packages/envoy.extensions.common.dynamic_forward_proxy.v3.js';
export * as httpUpstream from '../gen/packages/envoy.extensions.upstreams.http.v3.js';
export * as genericHttpUpstream from '../gen/packages/envoy.extensions.upstreams.http.generic.v3.js';
export * as httpUpstreamPool from '../gen/packages/envoy.extensions.upstreams.http.http.v3.js';
export * as tcpUpstreamPool from '../gen/packages/envoy.extensions.upstreams.http.tcp.v3.js';
export * as tcpUpstream from '../gen/packages/envoy.extensions.upstreams.tcp.v3.js';
export * as genericTcpUpstream from '../gen/packages/envoy.extensions.upstreams.tcp.generic.v3.js';
export * as lbCommon from '../gen/packages/envoy.extensions.load_balancing_policies.common.v3.js';
export * as lbClientSideWeightedRoundRobin from '../gen/packages/envoy.extensions.load_balancing_policies.client_side_weighted_round_robin.v3.js';
export * as lbClusterProvided from '../gen/packages/envoy.extensions.load_balancing_policies.cluster_provided.v3.js';
export * as lbLeastRequest from '../gen/packages/envoy.extensions.load_balancing_policies.least_request.v3.js';
export * as lbMaglev from '../gen/packages/envoy.extensions.load_balancing_policies.maglev.v3.js';
export * as lbOverrideHost from '../gen/packages/envoy.extensions.load_balancing_policies.override_host.v3.js';
export * as lbRandom from '../gen/packages/envoy.extensions.load_balancing_policies.random.v3.js';
export * as lbRingHash from '../gen/packages/envoy.extensions.load_balancing_policies.ring_hash.v3.js';
export * as lbRoundRobin from '../gen/packages/envoy.extensions.load_balancing_policies.round_robin.v3.js';
export * as lbSubset from '../gen/packages/envoy.extensions.load_balancing_policies.subset.v3.js';
export * as lbWrrLocality from '../gen/packages/envoy.extensions.load_balancing_policies.wrr_locality.v3.js';
export * as retryOmitCanaryHosts from '../gen/packages/envoy.extensions.retry.host.omit_canary_hosts.v3.js';
export * as retryOmitHostMetadata from '../gen/packages/envoy.extensions.retry.host.omit_host_metadata.v3.js';
export * as retryPreviousHosts from '../gen/packages/envoy.extensions.retry.host.previous_hosts.v3.js';
export * as retryPreviousPriorities from '../gen/packages/envoy.extensions.retry.priority.previous_priorities.v3.js';

// Transport sockets
export * as internalUpstream from '../gen/packages/envoy.extensions.transport_sockets.internal_upstream.v3.js';
export * as upstreamProxyProtocol from '../gen/packages/envoy.extensions.transport_sockets.proxy_protocol.v3.js';
export * as rawBuffer from '../gen/packages/envoy.extensions.transport_sockets.raw_buffer.v3.js';
export * as startTls from '../gen/packages/envoy.extensions.transport_sockets.starttls.v3.js';
export * as tapTransport from '../gen/packages/envoy.extensions.transport_sockets.tap.v3.js';
export * as tcpStats from '../gen/packages/envoy.extensions.transport_sockets.tcp_stats.v3.js';

// Other extensions
export * as wasm from '../gen/packages/envoy.extensions.wasm.v3.js';
export * as internalListener from '../gen/packages/envoy.extensions.bootstrap.internal_listener.v3.js';
export * as matching from '../gen/packages/envoy.extensions.common.matching.v3.js';
export * as commonRateLimit from '../gen/packages/envoy.extensions.common.ratelimit.v3.js';
export * as commonTap from '../gen/packages/envoy.extensions.common.tap.v3.js';
export * as brotliCompressor from '../gen/packages/envoy.extensions.compression.brotli.compressor.v3.js';
export * as brotliDecompressor from '../gen/packages/envoy.extensions.compression.brotli.decompressor.v3.js';
export * as gzipCompressor from '../gen/packages/envoy.extensions.compression.gzip.compressor.v3.js';
export * as gzipDecompressor from '../gen/packages/envoy.extensions.compression.gzip.decompressor.v3.js';
export * as zstdCompressor from '../gen/packages/envoy.extensions.compression.zstd.compressor.v3.js';
export * as zstdDecompressor from '../gen/packages/envoy.extensions.compression.zstd.decompressor.v3.js';
export * as preserveCase from '../gen/packages/envoy.extensions.http.header_formatters.preserve_case.v3.js';
export * as customHeaderIpDetection from '../gen/packages/envoy.extensions.http.original_ip_detection.custom_header.v3.js';
export * as xffIpDetection from '../gen/packages/envoy.extensions.http.original_ip_detection.xff.v3.js';
export * as cookieSession from '../gen/packages/envoy.extensions.http.stateful_session.cookie.v3.js';
export * as envelopeSession from '../gen/packages/envoy.extensions.http.stateful_session.envelope.v3.js';
export * as headerSession from '../gen/packages/envoy.extensions.http.stateful_session.header.v3.js';
export * as allowListedRoutes from '../gen/packages/envoy.extensions.internal_redirect.allow_listed_routes.v3.js';
export * as previousRoutes from '../gen/packages/envoy.extensions.internal_redirect.previous_routes.v3.js';
export * as safeCrossScheme from '../gen/packages/envoy.extensions.internal_redirect.safe_cross_scheme.v3.js';
export * as environmentInput from '../gen/packages/envoy.extensions.matching.common_inputs.environment_variable.v3.js';
export * as networkInputs from '../gen/packages/envoy.extensions.matching.common_inputs.network.v3.js';
export * as sslInputs from '../gen/packages/envoy.extensions.matching.common_inputs.ssl.v3.js';
export * as consistentHashingMatcher from '../gen/packages/envoy.extensions.matching.input_matchers.consistent_hashing.v3.js';
export * as ipMatcher from '../gen/packages/envoy.extensions.matching.input_matchers.ip.v3.js';
export * as metadataMatcher from '../gen/packages/envoy.extensions.matching.input_matchers.metadata.v3.js';
export * as runtimeFractionMatcher from '../gen/packages/envoy.extensions.matching.input_matchers.runtime_fraction.v3.js';
export * as caresDnsResolver from '../gen/packages/envoy.extensions.network.dns_resolver.cares.v3.js';
export * as getaddrinfoDnsResolver from '../gen/packages/envoy.extensions.network.dns_resolver.getaddrinfo.v3.js';
export * as uriTemplateMatch from '../gen/packages/envoy.extensions.path.match.uri_template.v3.js';
export * as uriTemplateRewrite from '../gen/packages/envoy.extensions.path.rewrite.uri_template.v3.js';
export * as exprDescriptor from '../gen/packages/envoy.extensions.rate_limit_descriptors.expr.v3.js';
export * as upstreamIpPortMatcher from '../gen/packages/envoy.extensions.rbac.matchers.upstream_ip_port.v3.js';
export * as mtlsAuthenticated from '../gen/packages/envoy.extensions.rbac.principals.mtls_authenticated.v3.js';
export * as regexEngines from '../gen/packages/envoy.extensions.regex_engines.v3.js';
export * as uuidRequestId from '../gen/packages/envoy.extensions.request_id.uuid.v3.js';
export * as cgroupMemory from '../gen/packages/envoy.extensions.resource_monitors.cgroup_memory.v3.js';
export * as cpuUtilization from '../gen/packages/envoy.extensions.resource_monitors.cpu_utilization.v3.js';
export * as downstreamConnections from '../gen/packages/envoy.extensions.resource_monitors.downstream_connections.v3.js';
export * as fixedHeap from '../gen/packages/envoy.extensions.resource_monitors.fixed_heap.v3.js';

// Hand-written
export type { DeepPartial, JsonObject, JsonValue, MessageFns } from './codec.js';
export {
  isAnyOf,
  packAny,
  typeUrlOf,
  typeUrlPrefix,
  unpackAny,
  unpackAnyOf,
  type TypeUrl,
  type Unpacked,
} from './any.js';
export { durationFromMs, durationToMs } from './duration.js';
export { typeUrls, type DiscoveryTypeUrl } from './type-urls.js';
export { structFromJson, structToJson } from './struct.js';
export { encodedResource, type EncodedResource, type ResourceSet } from './encoded-resource.js';
export { grpcService, type GeneratedService, type GrpcMethod, type GrpcService } from './grpc-service.js';
