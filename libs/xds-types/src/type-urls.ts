import type { TypeUrl } from './any.js';

/** Type URLs of what discovery serves, by the short names of the services. */
export const typeUrls = {
  cds: 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  eds: 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
  lds: 'type.googleapis.com/envoy.config.listener.v3.Listener',
  rds: 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
  srds: 'type.googleapis.com/envoy.config.route.v3.ScopedRouteConfiguration',
  vhds: 'type.googleapis.com/envoy.config.route.v3.VirtualHost',
  sds: 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
  ecds: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
  /** Istio's name table, for the agent's DNS server. */
  nds: 'type.googleapis.com/istio.networking.nds.v1.NameTable',
  /** Istio's ProxyConfig, for the agent. */
  pcds: 'type.googleapis.com/istio.mesh.v1alpha1.ProxyConfig',
} as const satisfies Record<string, TypeUrl>;

/** The type URL of a served type. */
export type DiscoveryTypeUrl = (typeof typeUrls)[keyof typeof typeUrls];
