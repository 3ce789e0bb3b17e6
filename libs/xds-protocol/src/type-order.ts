import type { DiscoveryTypeUrl } from '@istio-ts/xds-types';

/** Type URLs of everything that travels over a discovery stream, by what the type is. */
export const TypeUrl = {
  Cluster: 'type.googleapis.com/envoy.config.cluster.v3.Cluster',
  Endpoint: 'type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment',
  Listener: 'type.googleapis.com/envoy.config.listener.v3.Listener',
  Route: 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
  Secret: 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret',
  Extension: 'type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig',
  NameTable: 'type.googleapis.com/istio.networking.nds.v1.NameTable',
} as const satisfies Record<string, DiscoveryTypeUrl>;
export type TypeUrl = (typeof TypeUrl)[keyof typeof TypeUrl];

/** How one type behaves on a stream, and why it stands where it stands. */
export interface XdsType {
  /** Istio's short name, as in metric labels and `istioctl proxy-status`. */
  readonly shortName: string;
  readonly typeUrl: string;
  /** A first request without names asks for everything. */
  readonly wildcard: boolean;
  /**
   * The type whose resources name this one's. A proxy that follows the parent gives names up by itself, so what vanishes
   * is not sent to it: it may still drain.
   */
  readonly parent: string | undefined;
  /** A wanted name that does not exist is answered by an empty resource of that name: the proxy waits for an answer. */
  readonly emptyWhenMissing: boolean;
  /** Its changes wait for clusters that are new to the proxy. */
  readonly namesClusters: boolean;
  readonly reason: string;
}

const row = { parent: undefined, emptyWhenMissing: false, namesClusters: false, wildcard: false } as const;

/** The order in which types are sent. Removals of clusters come after everything else. */
export const typeOrder: readonly XdsType[] = [
  {
    ...row,
    shortName: 'CDS',
    typeUrl: TypeUrl.Cluster,
    wildcard: true,
    reason: 'everything else names clusters',
  },
  {
    ...row,
    shortName: 'EDS',
    typeUrl: TypeUrl.Endpoint,
    parent: TypeUrl.Cluster,
    emptyWhenMissing: true,
    reason: 'Envoy acknowledges a cluster only when it has its load assignment',
  },
  {
    ...row,
    shortName: 'SDS',
    typeUrl: TypeUrl.Secret,
    reason: 'listeners and clusters warm until their secrets are there',
  },
  {
    ...row,
    shortName: 'ECDS',
    typeUrl: TypeUrl.Extension,
    reason: 'listeners warm until the filters that they name are there',
  },
  {
    ...row,
    shortName: 'LDS',
    typeUrl: TypeUrl.Listener,
    wildcard: true,
    namesClusters: true,
    reason: 'a listener that names an unknown cluster fails requests',
  },
  {
    ...row,
    shortName: 'RDS',
    typeUrl: TypeUrl.Route,
    parent: TypeUrl.Listener,
    emptyWhenMissing: true,
    namesClusters: true,
    reason: 'asked for by listeners; a route to an unknown cluster answers 503',
  },
  {
    ...row,
    shortName: 'NDS',
    typeUrl: TypeUrl.NameTable,
    wildcard: true,
    reason: 'read by the agent, not by Envoy: nothing waits for it',
  },
];

const byTypeUrl = new Map(typeOrder.map((type) => [type.typeUrl, type]));

export function findXdsType(typeUrl: string): XdsType | undefined {
  return byTypeUrl.get(typeUrl);
}

/** `CDS` for the cluster type URL; the last part of the URL for a type that is not in the table. */
export function shortTypeName(typeUrl: string): string {
  return byTypeUrl.get(typeUrl)?.shortName ?? typeUrl.slice(typeUrl.lastIndexOf('.') + 1);
}
