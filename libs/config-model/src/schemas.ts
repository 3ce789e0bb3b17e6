import type { TSchema } from '@sinclair/typebox';
import type { EnforcedKind, KindName } from './kinds.js';
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
import { anyObject } from './schema/builders.js';

const specs: Readonly<Record<EnforcedKind, TSchema>> = {
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
};

const statuses: Readonly<Partial<Record<KindName, TSchema>>> = {
  ServiceEntry: serviceEntryStatus,
  Service: serviceStatus,
  Pod: podStatus,
  Deployment: deploymentStatus,
  Node: nodeStatus,
};

/** The schema of a kind's `spec` (or of what stands beside `metadata`); any object for kinds that are only known. */
export function specSchema(kind: KindName): TSchema {
  return kind in specs ? specs[kind as EnforcedKind] : anyObject;
}

export function statusSchema(kind: KindName): TSchema {
  return statuses[kind] ?? anyObject;
}
