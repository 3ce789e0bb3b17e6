import type { MeshConfigOverlay } from './spec.js';
import { defaultProxySettings } from '../proxy-config/defaults.js';

/** Fields that the built-in defaults set. */
type Defaulted =
  | 'proxyListenPort'
  | 'proxyInboundListenPort'
  | 'connectTimeout'
  | 'protocolDetectionTimeout'
  | 'dnsRefreshRate'
  | 'enableAutoMtls'
  | 'enableTracing'
  | 'enablePrometheusMerge'
  | 'trustDomain'
  | 'rootNamespace'
  | 'defaultConfig'
  | 'outboundTrafficPolicy'
  | 'inboundTrafficPolicy'
  | 'localityLbSetting'
  | 'extensionProviders'
  | 'defaultProviders'
  | 'defaultServiceExportTo'
  | 'defaultVirtualServiceExportTo'
  | 'defaultDestinationRuleExportTo';

type Complete<T, K extends keyof T> = Omit<T, K> & { readonly [F in K]-?: Exclude<T[F], undefined> };

/** The mesh's settings: the built-in defaults with everything that files and ConfigMaps lay over them. */
export type MeshConfig = Complete<MeshConfigOverlay, Defaulted>;

/** What holds before anything is read. Durations are texts, as written. */
export const defaultMeshConfig: MeshConfig = {
  proxyListenPort: 15001,
  proxyInboundListenPort: 15006,
  connectTimeout: '10s',
  protocolDetectionTimeout: '0s',
  ingressClass: 'istio',
  ingressService: 'istio-ingressgateway',
  ingressControllerMode: 'STRICT',
  enableTracing: true,
  enableAutoMtls: true,
  enablePrometheusMerge: true,
  dnsRefreshRate: '60s',
  trustDomain: 'cluster.local',
  rootNamespace: 'istio-system',
  outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  inboundTrafficPolicy: {},
  localityLbSetting: { enabled: true },
  defaultServiceExportTo: ['*'],
  defaultVirtualServiceExportTo: ['*'],
  defaultDestinationRuleExportTo: ['*'],
  defaultProviders: {},
  extensionProviders: [
    { name: 'prometheus', prometheus: {} },
    { name: 'stackdriver', stackdriver: {} },
    { name: 'envoy', envoyFileAccessLog: { path: '/dev/stdout' } },
  ],
  defaultConfig: defaultProxySettings,
};
