import type { Labels, Protocol } from '@istio-ts/config-model';

/** A service of the mesh, wherever it was declared: one host with its ports. */
export interface MeshService {
  readonly host: string;
  /** Name of the Kubernetes Service; of a ServiceEntry, the host. */
  readonly name: string;
  readonly namespace: string;
  readonly provider: 'kubernetes' | 'service-entry';
  readonly createdMs: number;
  readonly ports: readonly MeshPort[];
  /** Virtual addresses, CIDRs included; empty for headless services. */
  readonly addresses: readonly string[];
  readonly resolution: Resolution;
  /** Outside the mesh: no mutual TLS, its own names on its certificates. */
  readonly external: boolean;
  readonly exportTo: readonly string[];
  /** Picks the workloads that serve it, of its own namespace. */
  readonly selector: Labels | undefined;
  readonly subjectAltNames: readonly string[];
  /** Whether a gateway behind it listens on its target ports where Gateways name its ports. */
  readonly translatesPorts: boolean;
  /** The host that an ExternalName service stands for. */
  readonly aliasOf: string | undefined;
}

export interface MeshPort {
  readonly number: number;
  readonly name: string;
  readonly protocol: Protocol;
  /** Port of the workload, or its name; undefined where it is the port itself. */
  readonly targetPort: number | string | undefined;
}

/**
 * How endpoints are found: listed by the control plane (`static`), wherever the client was going (`headless`: Kubernetes
 * with endpoints known, `none`: no endpoints known), by DNS, by the name that each call gives (`dynamic-dns`), or as
 * another name of a service (`alias`).
 */
export type Resolution = 'static' | 'headless' | 'none' | 'dns' | 'dns-round-robin' | 'dynamic-dns' | 'alias';

/** Identity of a service among all that are declared: two namespaces may declare one host. */
export function serviceKey({
  namespace,
  host,
}: {
  readonly namespace: string;
  readonly host: string;
}): string {
  return `${namespace}/${host}`;
}

/** Precedence among services of one host: Kubernetes' own, then the oldest, then by namespace. */
export function compareServices(a: MeshService, b: MeshService): number {
  const provider = Number(a.provider !== 'kubernetes') - Number(b.provider !== 'kubernetes');
  return provider || a.createdMs - b.createdMs || (a.namespace < b.namespace ? -1 : 1);
}

/** Whether the labels of a gateway's service leave port translation on. */
export function translatesPorts(labels: Labels): boolean {
  return labels['experimental.istio.io/disable-gateway-port-translation'] !== 'true';
}
