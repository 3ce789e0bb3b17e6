import type { SourcePosition } from '@istio-ts/foundation';
import type { IstioKind, KindName } from './kinds.js';
import type { IstioStatus } from './kinds/istio-status.js';
import type { ConfigMapSpec } from './kinds/config-map/spec.js';
import type { DeploymentSpec, DeploymentStatus } from './kinds/deployment/spec.js';
import type { DestinationRuleSpec } from './kinds/destination-rule/spec.js';
import type { EndpointSliceSpec } from './kinds/endpoint-slice/spec.js';
import type { EndpointsSpec } from './kinds/endpoints/spec.js';
import type { GatewaySpec } from './kinds/gateway/spec.js';
import type { NamespaceSpec } from './kinds/namespace/spec.js';
import type { NodeSpec, NodeStatus } from './kinds/node/spec.js';
import type { PeerAuthenticationSpec } from './kinds/peer-authentication/spec.js';
import type { PodSpec, PodStatus } from './kinds/pod/spec.js';
import type { SecretSpec } from './kinds/secret/spec.js';
import type { ServiceAccountSpec } from './kinds/service-account/spec.js';
import type { ServiceEntrySpec, ServiceEntryStatus } from './kinds/service-entry/spec.js';
import type { ServiceSpec, ServiceStatus } from './kinds/service/spec.js';
import type { VirtualServiceSpec } from './kinds/virtual-service/spec.js';
import type { WorkloadEntrySpec } from './kinds/workload-entry/spec.js';
import type { AuthorizationPolicySpec } from './kinds/authorization-policy/spec.js';
import type { RequestAuthenticationSpec } from './kinds/request-authentication/spec.js';
import type { SidecarSpec } from './kinds/sidecar/spec.js';
import type { EnvoyFilterSpec } from './kinds/envoy-filter/spec.js';
import type { WorkloadGroupSpec } from './kinds/workload-group/spec.js';
import type { ProxyConfigSpec } from './kinds/proxy-config/spec.js';
import type { TelemetrySpec } from './kinds/telemetry/spec.js';
import type { WasmPluginSpec } from './kinds/wasm-plugin/spec.js';
import type { TrafficExtensionSpec } from './kinds/traffic-extension/spec.js';
import type { IstioOperatorSpec } from './kinds/istio-operator/spec.js';
import type { GatewayClassSpec, KubernetesGatewaySpec } from './kinds/gateway-api/gateway.js';
import type { HttpRouteSpec } from './kinds/gateway-api/http-route.js';
import type { GrpcRouteSpec } from './kinds/gateway-api/grpc-route.js';
import type { TlsRouteSpec, TcpRouteSpec, UdpRouteSpec } from './kinds/gateway-api/l4-routes.js';
import type { ReferenceGrantSpec } from './kinds/gateway-api/reference-grant.js';
import type { BackendTlsPolicySpec } from './kinds/gateway-api/backend-tls-policy.js';
import type { JsonObject } from './schema/builders.js';

interface Specs extends Record<KindName, unknown> {
  readonly VirtualService: VirtualServiceSpec;
  readonly DestinationRule: DestinationRuleSpec;
  readonly Gateway: GatewaySpec;
  readonly ServiceEntry: ServiceEntrySpec;
  readonly WorkloadEntry: WorkloadEntrySpec;
  readonly PeerAuthentication: PeerAuthenticationSpec;
  readonly Namespace: NamespaceSpec;
  readonly Service: ServiceSpec;
  readonly Endpoints: EndpointsSpec;
  readonly EndpointSlice: EndpointSliceSpec;
  readonly Pod: PodSpec;
  readonly Deployment: DeploymentSpec;
  readonly ServiceAccount: ServiceAccountSpec;
  readonly ConfigMap: ConfigMapSpec;
  readonly Secret: SecretSpec;
  readonly Node: NodeSpec;
  readonly AuthorizationPolicy: AuthorizationPolicySpec;
  readonly RequestAuthentication: RequestAuthenticationSpec;
  readonly Sidecar: SidecarSpec;
  readonly EnvoyFilter: EnvoyFilterSpec;
  readonly WorkloadGroup: WorkloadGroupSpec;
  readonly ProxyConfig: ProxyConfigSpec;
  readonly Telemetry: TelemetrySpec;
  readonly WasmPlugin: WasmPluginSpec;
  readonly TrafficExtension: TrafficExtensionSpec;
  readonly IstioOperator: IstioOperatorSpec;
  readonly GatewayClass: GatewayClassSpec;
  readonly KubernetesGateway: KubernetesGatewaySpec;
  readonly HTTPRoute: HttpRouteSpec;
  readonly GRPCRoute: GrpcRouteSpec;
  readonly TLSRoute: TlsRouteSpec;
  readonly TCPRoute: TcpRouteSpec;
  readonly UDPRoute: UdpRouteSpec;
  readonly ReferenceGrant: ReferenceGrantSpec;
  readonly BackendTLSPolicy: BackendTlsPolicySpec;
  readonly Ingress: JsonObject;
}

interface Statuses {
  readonly ServiceEntry: ServiceEntryStatus;
  readonly Service: ServiceStatus;
  readonly Pod: PodStatus;
  readonly Deployment: DeploymentStatus;
  readonly Node: NodeStatus;
}

/** The content of an object: its `spec` where the kind has one, else everything beside `metadata` and `status`. */
export type SpecOf<K extends KindName> = Specs[K];

export type StatusOf<K extends KindName> = K extends keyof Statuses
  ? Statuses[K]
  : K extends IstioKind
    ? IstioStatus
    : JsonObject;

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
  readonly controller?: boolean;
}

export interface ObjectMeta {
  readonly name: string;
  /** '' for cluster-scoped kinds. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ownerReferences: readonly OwnerReference[];
  readonly creationTimestampMs?: number;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
}

/** Where an object comes from: the source's name, the cluster it belongs to, and its place in a file. */
export interface Origin {
  readonly source: string;
  readonly cluster: string;
  readonly position?: SourcePosition;
}

/** A parsed object, immutable. */
export interface Resource<K extends KindName = KindName> {
  readonly kind: K;
  readonly apiVersion: string;
  readonly metadata: ObjectMeta;
  readonly spec: SpecOf<K>;
  readonly status?: StatusOf<K>;
  readonly origin: Origin;
}

/** The union over all kinds: `kind` tells the type of `spec`. */
export type AnyResource = { readonly [K in KindName]: Resource<K> }[KindName];

export type VirtualService = Resource<'VirtualService'>;
export type DestinationRule = Resource<'DestinationRule'>;
export type Gateway = Resource<'Gateway'>;
export type ServiceEntry = Resource<'ServiceEntry'>;
export type WorkloadEntry = Resource<'WorkloadEntry'>;
export type PeerAuthentication = Resource<'PeerAuthentication'>;
export type Namespace = Resource<'Namespace'>;
export type Service = Resource<'Service'>;
export type Endpoints = Resource<'Endpoints'>;
export type EndpointSlice = Resource<'EndpointSlice'>;
export type Pod = Resource<'Pod'>;
export type Deployment = Resource<'Deployment'>;
export type ServiceAccount = Resource<'ServiceAccount'>;
export type ConfigMap = Resource<'ConfigMap'>;
export type Secret = Resource<'Secret'>;
export type Node = Resource<'Node'>;
export type AuthorizationPolicy = Resource<'AuthorizationPolicy'>;
export type RequestAuthentication = Resource<'RequestAuthentication'>;
export type Sidecar = Resource<'Sidecar'>;
export type EnvoyFilter = Resource<'EnvoyFilter'>;
export type WorkloadGroup = Resource<'WorkloadGroup'>;
export type ProxyConfig = Resource<'ProxyConfig'>;
export type Telemetry = Resource<'Telemetry'>;
export type WasmPlugin = Resource<'WasmPlugin'>;
export type TrafficExtension = Resource<'TrafficExtension'>;
export type IstioOperator = Resource<'IstioOperator'>;

export type ResourceKey = `${KindName}/${string}/${string}`;

/** `VirtualService/default/reviews`; the namespace is empty for cluster-scoped kinds: `Namespace//default`. */
export function resourceKey({ kind, metadata }: Resource): ResourceKey {
  return `${kind}/${metadata.namespace}/${metadata.name}`;
}

/** Narrows a resource of any kind to one kind. */
export function isKind<K extends KindName>(resource: Resource, kind: K): resource is Resource<K> {
  return resource.kind === kind;
}
