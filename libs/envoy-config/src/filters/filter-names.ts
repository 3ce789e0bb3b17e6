/** Names under which filters stand in chains, and under which routes configure them. Istio's own where it has one. */
export const filterNames = {
  stats: 'istio.stats',
  grpcWeb: 'envoy.filters.http.grpc_web',
  grpcStats: 'envoy.filters.http.grpc_stats',
  alpn: 'istio.alpn',
  fault: 'envoy.filters.http.fault',
  cors: 'envoy.filters.http.cors',
  dynamicDns: 'envoy.filters.http.dynamic_forward_proxy',
  router: 'envoy.filters.http.router',
  sniDynamicDns: 'envoy.filters.network.sni_dynamic_forward_proxy',
  tcpProxy: 'envoy.filters.network.tcp_proxy',
  connectionManager: 'envoy.filters.network.http_connection_manager',
} as const;
