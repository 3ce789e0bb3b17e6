import type { TSchema } from '@sinclair/typebox';
import { kindEntry, type KindName } from './kinds.js';
import { istioStatus } from './kinds/istio-status.js';
import { configMapSpec } from './kinds/config-map/spec.js';
import { deploymentSpec, deploymentStatus } from './kinds/deployment/spec.js';
import { destinationRuleSpec } from './kinds/destination-rule/spec.js';
import { endpointSliceSpec } from './kinds/endpoint-slice/spec.js';
import { endpointsSpec } from './kinds/endpoints/spec.js';
import { gatewaySpec } from './kinds/gateway/spec.js';
import { namespaceSpec } from './kinds/namespace/spec.js';
import { nodeSpec, nodeStatus } from './kinds/node/spec.js';
import { peerAuthenticationSpec } from './kinds/peer-authentication/spec.js';
import { podSpec, podStatus } from './kinds/pod/spec.js';
import { secretSpec } from './kinds/secret/spec.js';
import { serviceAccountSpec } from './kinds/service-account/spec.js';
import { serviceEntrySpec, serviceEntryStatus } from './kinds/service-entry/spec.js';
import { serviceSpec, serviceStatus } from './kinds/service/spec.js';
import { virtualServiceSpec } from './kinds/virtual-service/spec.js';
import { workloadEntrySpec } from './kinds/workload-entry/spec.js';
import { authorizationPolicySpec } from './kinds/authorization-policy/spec.js';
import { requestAuthenticationSpec } from './kinds/request-authentication/spec.js';
import { sidecarSpec } from './kinds/sidecar/spec.js';
import { envoyFilterSpec } from './kinds/envoy-filter/spec.js';
import { workloadGroupSpec } from './kinds/workload-group/spec.js';
import { proxyConfigSpec } from './kinds/proxy-config/spec.js';
import { telemetrySpec } from './kinds/telemetry/spec.js';
import { wasmPluginSpec } from './kinds/wasm-plugin/spec.js';
import { trafficExtensionSpec } from './kinds/traffic-extension/spec.js';
import { istioOperatorSpec } from './kinds/istio-operator/spec.js';
import { gatewayClassSpec, kubernetesGatewaySpec } from './kinds/gateway-api/gateway.js';
import { httpRouteSpec } from './kinds/gateway-api/http-route.js';
import { grpcRouteSpec } from './kinds/gateway-api/grpc-route.js';
import { tlsRouteSpec, tcpRouteSpec, udpRouteSpec } from './kinds/gateway-api/l4-routes.js';
import { referenceGrantSpec } from './kinds/gateway-api/reference-grant.js';
import { backendTlsPolicySpec } from './kinds/gateway-api/backend-tls-policy.js';
import { anyObject } from './schema/builders.js';

const specs: Readonly<Record<KindName, TSchema>> = {
  VirtualService: virtualServiceSpec,
  DestinationRule: destinationRuleSpec,
  Gateway: gatewaySpec,
  ServiceEntry: serviceEntrySpec,
  WorkloadEntry: workloadEntrySpec,
  PeerAuthentication: peerAuthenticationSpec,
  Namespace: namespaceSpec,
  Service: serviceSpec,
  Endpoints: endpointsSpec,
  EndpointSlice: endpointSliceSpec,
  Pod: podSpec,
  Deployment: deploymentSpec,
  ServiceAccount: serviceAccountSpec,
  ConfigMap: configMapSpec,
  Secret: secretSpec,
  Node: nodeSpec,
  AuthorizationPolicy: authorizationPolicySpec,
  RequestAuthentication: requestAuthenticationSpec,
  Sidecar: sidecarSpec,
  EnvoyFilter: envoyFilterSpec,
  WorkloadGroup: workloadGroupSpec,
  ProxyConfig: proxyConfigSpec,
  Telemetry: telemetrySpec,
  WasmPlugin: wasmPluginSpec,
  TrafficExtension: trafficExtensionSpec,
  IstioOperator: istioOperatorSpec,
  GatewayClass: gatewayClassSpec,
  KubernetesGateway: kubernetesGatewaySpec,
  HTTPRoute: httpRouteSpec,
  GRPCRoute: grpcRouteSpec,
  TLSRoute: tlsRouteSpec,
  TCPRoute: tcpRouteSpec,
  UDPRoute: udpRouteSpec,
  ReferenceGrant: referenceGrantSpec,
  BackendTLSPolicy: backendTlsPolicySpec,
  Ingress: anyObject,
};

const statuses: Readonly<Partial<Record<KindName, TSchema>>> = {
  ServiceEntry: serviceEntryStatus,
  Service: serviceStatus,
  Pod: podStatus,
  Deployment: deploymentStatus,
  Node: nodeStatus,
};

/** The schema of a kind's `spec`, or of what stands beside `metadata`. */
export function specSchema(kind: KindName): TSchema {
  return specs[kind];
}

export function statusSchema(kind: KindName): TSchema {
  return statuses[kind] ?? (kindEntry(kind).fields === 'strict' ? istioStatus : anyObject);
}
