import { parseDurationMs, type MeshConfig } from '@istio-ts/config-model';
import { compatibilityOf, defaultMeshSettings, type MeshSettings } from '@istio-ts/mesh-model';

/** Where this mesh is; what the command line says and no MeshConfig. */
export interface MeshPlace {
  readonly clusterId: string;
  readonly rootNamespace: string;
  readonly trustDomain: string;
  readonly compatibilityVersion: string;
}

/** MeshConfig as the settings that configuration is made from. */
export function meshSettingsOf(config: MeshConfig, place: MeshPlace): MeshSettings {
  const { clusterId, rootNamespace } = place;
  const trustDomain = config.trustDomain;
  const trustDomainAliases = config.trustDomainAliases ?? [];
  const probes = config.tcpKeepalive;
  return {
    ...defaultMeshSettings,
    clusterId,
    rootNamespace,
    trustDomain,
    trustDomainAliases,
    outboundPolicy: config.outboundTrafficPolicy.mode === 'REGISTRY_ONLY' ? 'registry-only' : 'allow-any',
    inboundPolicy: config.inboundTrafficPolicy.mode === 'LOCALHOST' ? 'disabled' : 'passthrough',
    autoMtls: config.enableAutoMtls,
    connectTimeoutMs: ms(config.connectTimeout, defaultMeshSettings.connectTimeoutMs),
    dnsRefreshMs: ms(config.dnsRefreshRate, defaultMeshSettings.dnsRefreshMs),
    tcpKeepalive:
      probes === undefined
        ? undefined
        : { probes: probes.probes, timeMs: optionalMs(probes.time), intervalMs: optionalMs(probes.interval) },
    defaultRetry: config.defaultHttpRetryPolicy,
    localityLb: config.localityLbSetting,
    exportTo: {
      services: config.defaultServiceExportTo,
      virtualServices: config.defaultVirtualServiceExportTo,
      destinationRules: config.defaultDestinationRuleExportTo,
    },
    http: httpSettings(config, [trustDomain, ...trustDomainAliases]),
    compatibility: compatibilityOf(config.compatibilityVersion ?? place.compatibilityVersion),
  };
}

function httpSettings(config: MeshConfig, trustDomains: readonly string[]): MeshSettings['http'] {
  const { accessLogFile, accessLogFormat, accessLogEncoding, defaultConfig } = config;
  const sampling = defaultConfig.tracing?.sampling;
  return {
    ...defaultMeshSettings.http,
    accessLog:
      accessLogFile === undefined || accessLogFile === ''
        ? undefined
        : {
            path: accessLogFile,
            encoding: accessLogEncoding === 'JSON' ? 'json' : 'text',
            format: accessLogFormat === '' ? undefined : accessLogFormat,
          },
    traceSampling: sampling ?? defaultMeshSettings.http.traceSampling,
    pathNormalization: normalization(config.pathNormalization?.normalization),
    protocolDetectionTimeoutMs: ms(config.protocolDetectionTimeout, 0),
    trustDomains,
  };
}

const normalizations: Readonly<Record<string, MeshSettings['http']['pathNormalization']>> = {
  NONE: 'none',
  BASE: 'base',
  MERGE_SLASHES: 'merge-slashes',
  DECODE_AND_MERGE_SLASHES: 'decode-and-merge-slashes',
};

function normalization(word: string | undefined): MeshSettings['http']['pathNormalization'] {
  return normalizations[word ?? ''] ?? defaultMeshSettings.http.pathNormalization;
}

function ms(text: string | undefined, fallback: number): number {
  return optionalMs(text) ?? fallback;
}

function optionalMs(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDurationMs(text);
}
