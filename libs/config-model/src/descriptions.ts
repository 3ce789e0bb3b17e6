import { authorizationPolicyDescriptions } from './kinds/authorization-policy/descriptions.js';
import { destinationRuleDescriptions } from './kinds/destination-rule/descriptions.js';
import { envoyFilterDescriptions } from './kinds/envoy-filter/descriptions.js';
import { gatewayDescriptions } from './kinds/gateway/descriptions.js';
import { istioOperatorDescriptions } from './kinds/istio-operator/descriptions.js';
import { peerAuthenticationDescriptions } from './kinds/peer-authentication/descriptions.js';
import { proxyConfigDescriptions } from './kinds/proxy-config/descriptions.js';
import { requestAuthenticationDescriptions } from './kinds/request-authentication/descriptions.js';
import { serviceEntryDescriptions } from './kinds/service-entry/descriptions.js';
import { sharedDescriptions } from './kinds/shared-descriptions.js';
import { sidecarDescriptions } from './kinds/sidecar/descriptions.js';
import { telemetryDescriptions } from './kinds/telemetry/descriptions.js';
import { trafficExtensionDescriptions } from './kinds/traffic-extension/descriptions.js';
import { virtualServiceDescriptions } from './kinds/virtual-service/descriptions.js';
import { wasmPluginDescriptions } from './kinds/wasm-plugin/descriptions.js';
import { workloadEntryDescriptions } from './kinds/workload-entry/descriptions.js';
import { workloadGroupDescriptions } from './kinds/workload-group/descriptions.js';
import { indexDescriptions } from './schema/description-index.js';

/** What every message and field of Istio's kinds is for. */
export const descriptions = indexDescriptions([
  ...sharedDescriptions,
  ...virtualServiceDescriptions,
  ...destinationRuleDescriptions,
  ...gatewayDescriptions,
  ...serviceEntryDescriptions,
  ...workloadEntryDescriptions,
  ...workloadGroupDescriptions,
  ...sidecarDescriptions,
  ...envoyFilterDescriptions,
  ...proxyConfigDescriptions,
  ...peerAuthenticationDescriptions,
  ...requestAuthenticationDescriptions,
  ...authorizationPolicyDescriptions,
  ...telemetryDescriptions,
  ...wasmPluginDescriptions,
  ...trafficExtensionDescriptions,
  ...istioOperatorDescriptions,
]);
