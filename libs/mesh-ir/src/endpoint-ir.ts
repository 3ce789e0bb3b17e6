import type { LocalityIr } from './proxy-node.js';

/** The endpoints of one cluster, grouped by locality in a fixed order. */
export interface LoadAssignmentIr {
  /** Name of the cluster: `outbound|80||catalog.default.svc.cluster.local`. */
  readonly cluster: string;
  readonly localities: readonly LocalityEndpointsIr[];
}

export interface LocalityEndpointsIr {
  readonly locality: LocalityIr;
  /** Weight among the localities of one priority; at least 1. */
  readonly weight: number;
  /** 0 is tried first. */
  readonly priority: number;
  readonly endpoints: readonly EndpointIr[];
}

export interface EndpointIr {
  readonly address: EndpointAddressIr;
  readonly health: 'healthy' | 'unhealthy' | 'draining';
  /** At least 1. */
  readonly weight: number;
  /** Whether the endpoint takes mutual TLS of the mesh. */
  readonly mtls: boolean;
  /** Who answers there; undefined outside the mesh. */
  readonly workload: WorkloadIr | undefined;
}

export type EndpointAddressIr =
  | { readonly kind: 'ip'; readonly ip: string; readonly port: number }
  | { readonly kind: 'name'; readonly name: string; readonly port: number }
  | { readonly kind: 'pipe'; readonly path: string };

/** Content of `filter_metadata.istio.workload`. */
export interface WorkloadIr {
  readonly name: string;
  readonly namespace: string;
  readonly canonicalName: string;
  readonly canonicalRevision: string;
  readonly cluster: string;
}
