import type { Static } from '@sinclair/typebox';
import { anyObject, duration, flag, int32, list, message, text, texts, words } from '../schema/builders.js';
import { labelSelector } from '../kinds/deployment/spec.js';
import {
  clientTlsSettings,
  connectionPoolSettings,
  loadBalancerSettings,
  localityLbSetting,
  outlierDetection,
  tcpKeepalive,
} from '../kinds/destination-rule/traffic-policy.js';
import { destination, httpRetry } from '../kinds/virtual-service/spec.js';
import { proxySettings } from '../proxy-config/spec.js';
import { extensionProvider } from './extension-provider.js';

const tlsConfig = message({
  minProtocolVersion: words('TLS_AUTO', 'TLSV1_2', 'TLSV1_3'),
  ecdhCurves: texts,
  cipherSuites: texts,
});

const visibility = words('UNSET', 'PUBLIC', 'NAMESPACE', 'NONE');

/** What a mesh configuration file may say; every field is optional, unknown fields are warned of and ignored. */
export type MeshConfigOverlay = Static<typeof meshConfigSpec>;
export const meshConfigSpec = message({
  proxyListenPort: int32,
  proxyInboundListenPort: int32,
  proxyHttpPort: int32,
  connectTimeout: duration,
  protocolDetectionTimeout: duration,
  tcpKeepalive,
  ingressClass: text,
  ingressService: text,
  ingressControllerMode: words('UNSPECIFIED', 'OFF', 'DEFAULT', 'STRICT'),
  ingressSelector: text,
  enableTracing: flag,
  accessLogFile: text,
  accessLogFormat: text,
  accessLogEncoding: words('TEXT', 'JSON'),
  enableEnvoyAccessLogService: flag,
  disableEnvoyListenerLog: flag,
  defaultConfig: proxySettings,
  outboundTrafficPolicy: message({
    mode: words('REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS'),
    egressProxy: destination,
    tls: clientTlsSettings,
  }),
  inboundTrafficPolicy: message({ mode: words('PASSTHROUGH', 'LOCALHOST') }),
  configSources: list(
    message({
      address: text,
      tlsSettings: clientTlsSettings,
      subscribedResources: list(words('SERVICE_REGISTRY')),
    }),
  ),
  enableAutoMtls: flag,
  trustDomain: text,
  trustDomainAliases: texts,
  caCertificates: list(
    message({ pem: text, spiffeBundleUrl: text, certSigners: texts, trustDomains: texts }, [], {
      oneof: [['pem', 'spiffeBundleUrl']],
    }),
  ),
  defaultServiceExportTo: texts,
  defaultVirtualServiceExportTo: texts,
  defaultDestinationRuleExportTo: texts,
  rootNamespace: text,
  localityLbSetting,
  zoneAwareLbSetting: message({ enabled: flag }),
  dnsRefreshRate: duration,
  h2UpgradePolicy: words('DO_NOT_UPGRADE', 'UPGRADE'),
  inboundClusterStatName: text,
  outboundClusterStatName: text,
  certificates: list(message({ secretName: text, dnsNames: texts })),
  serviceSettings: list(message({ settings: message({ clusterLocal: flag }), hosts: texts })),
  enablePrometheusMerge: flag,
  verifyCertificateAtClient: flag,
  ca: message({ address: text, tlsSettings: clientTlsSettings, requestTimeout: duration, istiodSide: flag }),
  extensionProviders: list(extensionProvider),
  defaultProviders: message({ tracing: texts, metrics: texts, accessLogging: texts }),
  discoverySelectors: list(labelSelector),
  pathNormalization: message({
    normalization: words('DEFAULT', 'NONE', 'BASE', 'MERGE_SLASHES', 'DECODE_AND_MERGE_SLASHES'),
  }),
  defaultHttpRetryPolicy: httpRetry,
  defaultInboundHttpRetryPolicy: httpRetry,
  defaultTrafficPolicy: message({
    connectionPool: connectionPoolSettings,
    outlierDetection,
    loadBalancer: loadBalancerSettings,
  }),
  meshMTLS: tlsConfig,
  tlsDefaults: tlsConfig,
  hboneConnectPolicy: anyObject,
  serviceScopeConfigs: list(anyObject),
  serviceEntryVisibility: message({
    applyToSidecars: flag,
    defaultVisibility: visibility,
    policies: list(
      message({
        visibility,
        matchingRules: list(message({ namespaceSelector: labelSelector })),
      }),
    ),
  }),
  /** The Istio version whose defaults and checks are wanted, `1.13` being the one that differs. Ours: Istio has it as a flag. */
  compatibilityVersion: text,
});
