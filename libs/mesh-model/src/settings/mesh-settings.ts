import type { HttpSettingsIr, OutboundPolicyIr, TcpKeepaliveIr } from '@istio-ts/mesh-ir';
import type { ClientTlsSettings, HttpRetry, LocalityLoadBalancerSetting } from '@istio-ts/config-model';

/**
 * What holds for the whole mesh: MeshConfig, read and completed, and who and where this mesh is. One frozen, canonical
 * value, handed to every function that reads it; there are no ambient settings.
 */
export interface MeshSettings {
  readonly clusterId: string;
  /** Suffix of service names: `cluster.local`. */
  readonly clusterDomain: string;
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  readonly outboundPolicy: OutboundPolicyIr;
  /** TLS towards hosts that the mesh does not know, under the policy `dynamic-dns`. */
  readonly outboundTls: ClientTlsSettings | undefined;
  /** Who has the secrets that are asked for by `sds://NAME`. */
  readonly sds: ServicePort | undefined;
  /** Where captured calls to the own application go: to the address that they were sent to, or to the loopback. */
  readonly inboundPolicy: 'passthrough' | 'localhost';
  readonly autoMtls: boolean;
  readonly connectTimeoutMs: number;
  readonly dnsRefreshMs: number;
  readonly tcpKeepalive: TcpKeepaliveIr | undefined;
  readonly defaultRetry: HttpRetry | undefined;
  readonly localityLb: LocalityLoadBalancerSetting;
  /** `exportTo` of objects that have none. */
  readonly exportTo: {
    readonly services: readonly string[];
    readonly virtualServices: readonly string[];
    readonly destinationRules: readonly string[];
  };
  readonly scopeGatewayToNamespace: boolean;
  readonly http: HttpSettingsIr;
  readonly compatibility: Compatibility;
}

/** Where a provider of the mesh's configuration answers. */
export interface ServicePort {
  readonly host: string;
  readonly port: number;
}

/** Behaviour that changed between Istio's releases and that a user can see; `compatibilityVersion` chooses. */
export interface Compatibility {
  readonly defaultLoadBalancing: 'least-request' | 'round-robin';
  /** Statuses that the default retry policy takes for failures. */
  readonly retriedStatusCodes: readonly number[];
}

const present: Compatibility = { defaultLoadBalancing: 'least-request', retriedStatusCodes: [] };
const since113: Compatibility = { defaultLoadBalancing: 'round-robin', retriedStatusCodes: [503] };

/** The behaviour of a release; '' or an unknown version is the present one. */
export function compatibilityOf(version: string | undefined): Compatibility {
  return version === '1.13' ? since113 : present;
}

/** Istio's defaults. */
export const defaultMeshSettings: MeshSettings = {
  clusterId: 'Kubernetes',
  clusterDomain: 'cluster.local',
  rootNamespace: 'istio-system',
  trustDomain: 'cluster.local',
  trustDomainAliases: [],
  outboundPolicy: 'allow-any',
  outboundTls: undefined,
  sds: undefined,
  inboundPolicy: 'passthrough',
  autoMtls: true,
  connectTimeoutMs: 10_000,
  dnsRefreshMs: 60_000,
  tcpKeepalive: undefined,
  defaultRetry: undefined,
  localityLb: {},
  exportTo: { services: ['*'], virtualServices: ['*'], destinationRules: ['*'] },
  scopeGatewayToNamespace: false,
  http: {
    accessLog: undefined,
    stats: true,
    traceSampling: 1,
    pathNormalization: 'base',
    acceptHttp10: false,
    protocolDetectionTimeoutMs: 0,
    dnsRefreshMs: 60_000,
    trustDomains: ['cluster.local'],
  },
  compatibility: present,
};
