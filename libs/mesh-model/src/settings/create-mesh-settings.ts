import { parseDurationMs, type MeshConfig } from '@istio-ts/config-model';
import { asTrustDomain } from '@istio-ts/foundation';
import type { AccessLogIr, HttpSettingsIr, TcpKeepaliveIr } from '@istio-ts/mesh-ir';
import { compatibilityOf, type MeshSettings, type ServicePort } from './mesh-settings.js';

/** What the platform says of a mesh; the rest is in its MeshConfig. */
export interface MeshPlace {
  readonly clusterId: string;
  readonly clusterDomain: string;
  readonly scopeGatewayToNamespace?: boolean;
  /** What the command line says; the MeshConfig's word counts before it. */
  readonly compatibilityVersion?: string;
}

/** Reads a MeshConfig, defaults filled in, as the settings that resolving depends on. */
export function createMeshSettings(config: MeshConfig, place: MeshPlace): MeshSettings {
  return {
    clusterId: place.clusterId,
    clusterDomain: place.clusterDomain,
    rootNamespace: config.rootNamespace,
    trustDomain: asTrustDomain(config.trustDomain),
    trustDomainAliases: (config.trustDomainAliases ?? []).map(asTrustDomain),
    outboundPolicy: outboundPolicies[config.outboundTrafficPolicy.mode ?? 'REGISTRY_ONLY'],
    outboundTls: config.outboundTrafficPolicy.tls,
    sds: sdsServerOf(config),
    inboundPolicy: config.inboundTrafficPolicy.mode === 'LOCALHOST' ? 'localhost' : 'passthrough',
    autoMtls: config.enableAutoMtls,
    connectTimeoutMs: durationMs(config.connectTimeout),
    dnsRefreshMs: durationMs(config.dnsRefreshRate),
    tcpKeepalive: keepaliveOf(config.tcpKeepalive),
    defaultRetry: config.defaultHttpRetryPolicy,
    localityLb: config.localityLbSetting,
    exportTo: {
      services: config.defaultServiceExportTo,
      virtualServices: config.defaultVirtualServiceExportTo,
      destinationRules: config.defaultDestinationRuleExportTo,
    },
    scopeGatewayToNamespace: place.scopeGatewayToNamespace ?? false,
    http: httpSettingsOf(config),
    compatibility: compatibilityOf(config.compatibilityVersion ?? place.compatibilityVersion),
  };
}

const outboundPolicies = {
  ALLOW_ANY: 'allow-any',
  ALLOW_ANY_DYNAMIC_DNS: 'dynamic-dns',
  REGISTRY_ONLY: 'registry-only',
} as const;

/** The first provider of secrets; its service may be written with its namespace, `istio-system/sds.example.com`. */
function sdsServerOf({ extensionProviders }: MeshConfig): ServicePort | undefined {
  const { service, port } = extensionProviders.find(({ sds }) => sds !== undefined)?.sds ?? {};
  if (service === undefined || port === undefined) return undefined;
  return { host: service.slice(service.indexOf('/') + 1), port };
}

const normalizations = {
  DEFAULT: 'base',
  NONE: 'none',
  BASE: 'base',
  MERGE_SLASHES: 'merge-slashes',
  DECODE_AND_MERGE_SLASHES: 'decode-and-merge-slashes',
} as const;

function httpSettingsOf(config: MeshConfig): HttpSettingsIr {
  return {
    accessLog: accessLogOf(config),
    stats: true,
    traceSampling: samplingOf(config.defaultConfig.tracing?.sampling),
    pathNormalization: normalizations[config.pathNormalization?.normalization ?? 'DEFAULT'],
    acceptHttp10: false,
    protocolDetectionTimeoutMs: durationMs(config.protocolDetectionTimeout),
    dnsRefreshMs: durationMs(config.dnsRefreshRate),
    trustDomains: [...new Set([config.trustDomain, ...(config.trustDomainAliases ?? [])].map(asTrustDomain))],
  };
}

/** 1 % where nothing, or more than everything, is asked for. */
function samplingOf(percent = 1): number {
  return percent > 100 ? 1 : percent;
}

function accessLogOf({
  accessLogFile,
  accessLogEncoding,
  accessLogFormat,
}: MeshConfig): AccessLogIr | undefined {
  if (accessLogFile === undefined || accessLogFile === '') return undefined;
  const written = accessLogFormat === '' ? undefined : accessLogFormat;
  if (accessLogEncoding !== 'JSON') return { path: accessLogFile, encoding: 'text', format: written };
  return {
    path: accessLogFile,
    encoding: 'json',
    format: written === undefined ? undefined : parseJson(written),
  };
}

/** A JSON format that is none falls back to Istio's own. */
function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function keepaliveOf(written: MeshConfig['tcpKeepalive']): TcpKeepaliveIr | undefined {
  if (written === undefined) return undefined;
  const { probes, time, interval } = written;
  return {
    probes,
    timeMs: time === undefined ? undefined : durationMs(time),
    intervalMs: interval === undefined ? undefined : durationMs(interval),
  };
}

/** Durations are checked where the configuration is accepted. */
function durationMs(written: string): number {
  return parseDurationMs(written) ?? 0;
}
