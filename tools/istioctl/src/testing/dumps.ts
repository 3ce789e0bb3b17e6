const envoy = 'type.googleapis.com/envoy';

/** Values in the spelling of Envoy's admin interface. */
type Json = Readonly<Record<string, unknown>>;

export const configDump = (...configs: readonly Json[]): Json => ({ configs });

export const clustersDump = (...clusters: readonly Json[]): Json => ({
  '@type': `${envoy}.admin.v3.ClustersConfigDump`,
  dynamic_active_clusters: clusters.map((cluster) => ({
    cluster: { '@type': `${envoy}.config.cluster.v3.Cluster`, ...cluster },
  })),
});

export const listenersDump = (...listeners: readonly Json[]): Json => ({
  '@type': `${envoy}.admin.v3.ListenersConfigDump`,
  dynamic_listeners: listeners.map((listener) => ({
    name: listener['name'],
    active_state: { listener: { '@type': `${envoy}.config.listener.v3.Listener`, ...listener } },
  })),
});

export const routesDump = (...routes: readonly Json[]): Json => ({
  '@type': `${envoy}.admin.v3.RoutesConfigDump`,
  dynamic_route_configs: routes.map((route) => ({
    route_config: { '@type': `${envoy}.config.route.v3.RouteConfiguration`, ...route },
  })),
});

export const endpointsDump = (...assignments: readonly Json[]): Json => ({
  '@type': `${envoy}.admin.v3.EndpointsConfigDump`,
  dynamic_endpoint_configs: assignments.map((assignment) => ({
    endpoint_config: { '@type': `${envoy}.config.endpoint.v3.ClusterLoadAssignment`, ...assignment },
  })),
});

export const secretsDump = (...secrets: readonly Json[]): Json => ({
  '@type': `${envoy}.admin.v3.SecretsConfigDump`,
  dynamic_active_secrets: secrets.map((secret) => ({
    name: secret['name'],
    secret: { '@type': `${envoy}.extensions.transport_sockets.tls.v3.Secret`, ...secret },
  })),
});

export const at = (address: string, port: number): Json => ({
  socket_address: { address, port_value: port },
});

/** Metadata that names the object that a resource was made from. */
export const madeFrom = (kind: string, namespace: string, name: string): Json => ({
  filter_metadata: {
    istio: { config: `/apis/networking.istio.io/v1alpha3/namespaces/${namespace}/${kind}/${name}` },
  },
});

export const httpTo = (specifier: Json): Json => ({
  name: 'envoy.filters.network.http_connection_manager',
  typed_config: {
    '@type': `${envoy}.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'x',
    ...specifier,
  },
});

export const tcpTo = (cluster: string): Json => ({
  name: 'envoy.filters.network.tcp_proxy',
  typed_config: {
    '@type': `${envoy}.extensions.filters.network.tcp_proxy.v3.TcpProxy`,
    stat_prefix: 'x',
    cluster,
  },
});
