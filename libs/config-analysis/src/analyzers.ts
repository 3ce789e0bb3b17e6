import type { Analyzer } from './analyzer.js';
import { annotationsAnalyzer } from './annotations/annotations.js';
import { authorizationPoliciesAnalyzer } from './authorization/authorization-policies.js';
import { blockedCidrsAnalyzer } from './authorization/blocked-cidrs.js';
import { conditionAnalyzer } from './conditions/conditions.js';
import { multiServiceAnalyzer } from './deployment/multi-service.js';
import { deprecationAnalyzer } from './deprecation/deprecation.js';
import { caCertificateAnalyzer } from './destinationrule/ca-certificate.js';
import { subsetSelectPodAnalyzer } from './destinationrule/subset-select-pod.js';
import { envoyPatchAnalyzer } from './envoyfilter/envoy-patch.js';
import { certificateAnalyzer } from './gateway/certificate.js';
import { conflictingGatewayAnalyzer } from './gateway/conflicting-gateway.js';
import { crdVersionAnalyzer } from './gateway/crd-version.js';
import { ingressGatewayPortAnalyzer } from './gateway/ingress-gateway-port.js';
import { policySelectorAnalyzer } from './gateway/policy-selector.js';
import { secretAnalyzer } from './gateway/secret.js';
import { imageAnalyzer } from './injection/image.js';
import { imageAutoAnalyzer } from './injection/image-auto.js';
import { injectionAnalyzer } from './injection/injection.js';
import { externalControlPlaneAnalyzer } from './installation/external-control-plane.js';
import { meshNetworksAnalyzer } from './installation/mesh-networks.js';
import { webhookAnalyzer } from './installation/webhook.js';
import { multiClusterServiceAnalyzer } from './service/multi-cluster.js';
import { portNameAnalyzer } from './service/port-name.js';
import { serviceEntryAnalyzer } from './serviceentry/addresses.js';
import { conflictingServiceEntryProtocolAnalyzer } from './serviceentry/conflicting-protocol.js';
import { sidecarSelectorAnalyzer } from './sidecar/selector.js';
import { lightstepAnalyzer } from './telemetry/lightstep.js';
import { telemetryProviderAnalyzer } from './telemetry/provider.js';
import { telemetryDefaultSelectorAnalyzer, telemetrySelectorAnalyzer } from './telemetry/selector.js';
import { destinationHostAnalyzer } from './virtualservice/destination-host.js';
import { destinationRuleAnalyzer } from './virtualservice/destination-rule.js';
import { gatewayAnalyzer } from './virtualservice/gateway.js';
import { jwtClaimRouteAnalyzer } from './virtualservice/jwt-claim-route.js';
import { conflictingMeshGatewayHostsAnalyzer } from './virtualservice/mesh-gateway-hosts.js';
import { unreachableRulesAnalyzer } from './virtualservice/unreachable-rules.js';
import { applicationUidAnalyzer } from './workload/application-uid.js';

/** Every analyzer, in the order in which Istio lists them. */
export const allAnalyzers: readonly Analyzer[] = [
  annotationsAnalyzer,
  blockedCidrsAnalyzer,
  authorizationPoliciesAnalyzer,
  conditionAnalyzer,
  multiServiceAnalyzer,
  applicationUidAnalyzer,
  caCertificateAnalyzer,
  subsetSelectPodAnalyzer,
  deprecationAnalyzer,
  envoyPatchAnalyzer,
  externalControlPlaneAnalyzer,
  ingressGatewayPortAnalyzer,
  certificateAnalyzer,
  secretAnalyzer,
  conflictingGatewayAnalyzer,
  injectionAnalyzer,
  imageAnalyzer,
  imageAutoAnalyzer,
  policySelectorAnalyzer,
  crdVersionAnalyzer,
  meshNetworksAnalyzer,
  multiClusterServiceAnalyzer,
  portNameAnalyzer,
  sidecarSelectorAnalyzer,
  conflictingMeshGatewayHostsAnalyzer,
  destinationHostAnalyzer,
  destinationRuleAnalyzer,
  gatewayAnalyzer,
  jwtClaimRouteAnalyzer,
  serviceEntryAnalyzer,
  conflictingServiceEntryProtocolAnalyzer,
  webhookAnalyzer,
  telemetryProviderAnalyzer,
  telemetrySelectorAnalyzer,
  telemetryDefaultSelectorAnalyzer,
  lightstepAnalyzer,
  unreachableRulesAnalyzer,
];
