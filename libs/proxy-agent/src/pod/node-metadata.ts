import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import type { Environment } from './pod-environment.js';
import { isObject, type ProxyConfig } from './proxy-config.js';

/** What a proxy's node is made of. */
export interface NodeInput {
  /** The whole environment that may be read: `ISTIO_META_*`, `ISTIO_METAJSON_*`, the downward API's names. */
  readonly env: Environment;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly proxyConfig: ProxyConfig;
  /** Addresses of the instance; duplicates are dropped. */
  readonly instanceIps: readonly string[];
  readonly istioVersion: string;
  readonly prometheusPort: number;
  readonly statusPort: number;
  /** Ports of statistics over mutual TLS; absent or 0: none. */
  readonly secureMetricsPort?: number | undefined;
  readonly secureMergedMetricsPort?: number | undefined;
  /** File name of the SDS socket. */
  readonly identitySocket: string;
  readonly pilotSubjectAltNames: readonly string[];
  readonly outlierLogPath?: string | undefined;
}

/** The metadata of the proxy's node: what the control plane and the Wasm filters know of it. Keys come out sorted. */
export function createNodeMetadata(input: NodeInput): JsonObject {
  const { env, proxyConfig } = input;
  const labels = readLabels(input);
  const metadata: Readonly<Record<string, JsonValue | undefined>> = {
    ...plainMetadata(env),
    ...flattenedMetadata(env),
    ISTIO_VERSION: env['ISTIO_META_ISTIO_VERSION'] ?? input.istioVersion,
    NAME: env['POD_NAME'],
    NAMESPACE: env['POD_NAMESPACE'],
    SERVICE_ACCOUNT: env['SERVICE_ACCOUNT'],
    NODE_NAME: env['ISTIO_META_NODE_NAME'],
    INSTANCE_IPS: [...new Set(input.instanceIps)].join(','),
    LABELS: emptyToUndefined(labels),
    STATIC_LABELS: emptyToUndefined(withSlashLocality(readJsonObject(env['ISTIO_METAJSON_LABELS']))),
    ANNOTATIONS: emptyToUndefined({
      ...readJsonObject(env['ISTIO_METAJSON_ANNOTATIONS']),
      ...input.annotations,
    }),
    POD_PORTS: readJson(env['ISTIO_META_POD_PORTS']),
    METADATA_DISCOVERY: env['ISTIO_META_ENABLE_HBONE'] === 'true' ? 'true' : 'false',
    ENVOY_PROMETHEUS_PORT: input.prometheusPort,
    ENVOY_STATUS_PORT: input.statusPort,
    ENVOY_SECURE_METRICS_PORT: input.secureMetricsPort || undefined,
    ENVOY_SECURE_MERGED_METRICS_PORT: input.secureMergedMetricsPort || undefined,
    OUTLIER_LOG_PATH: input.outlierLogPath,
    PILOT_SAN: input.pilotSubjectAltNames.length > 0 ? input.pilotSubjectAltNames : undefined,
    PROXY_CONFIG: withoutZeroValues(proxyConfig),
    WORKLOAD_IDENTITY_SOCKET_FILE: input.identitySocket,
  };
  const present = Object.entries(metadata).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined,
  );
  return Object.fromEntries(present.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Protobuf JSON leaves out what has the zero value of its type, and readers of the node compare texts. */
function withoutZeroValues(config: ProxyConfig): JsonObject {
  return Object.fromEntries(
    Object.entries(config).filter(([name, value]) => name !== 'controlPlaneAuthPolicy' || value !== 'NONE'),
  );
}

/** The workload's labels: the platform's file, then those that the environment adds (a virtual machine has only these). */
export function readLabels({ env, labels }: Pick<NodeInput, 'env' | 'labels'>): JsonObject {
  return withSlashLocality({ ...labels, ...readJsonObject(env['ISTIO_METAJSON_LABELS']) });
}

function plainMetadata(env: Environment): Readonly<Record<string, JsonValue>> {
  const prefix = 'ISTIO_META_';
  const entries = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value] as const] : [],
  );
  return Object.fromEntries(entries);
}

/** Istio puts the members of a JSON object beside the other keys, and other JSON under its own name. */
function flattenedMetadata(env: Environment): JsonObject {
  const prefix = 'ISTIO_METAJSON_';
  const parts = Object.entries(env).map(([name, text]): JsonObject => {
    const value = name.startsWith(prefix) ? readJson(text) : undefined;
    if (value === undefined) return {};
    return isObject(value) ? value : { [name.slice(prefix.length)]: value };
  });
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

/** A label cannot hold a slash: the locality is written with dots, and read with slashes. */
function withSlashLocality(labels: JsonObject): JsonObject {
  const locality = labels['istio-locality'];
  if (typeof locality !== 'string' || locality.includes('/')) return labels;
  return { ...labels, 'istio-locality': locality.replaceAll('.', '/') };
}

function emptyToUndefined(value: JsonObject): JsonObject | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

export function readJsonObject(text: string | undefined): JsonObject {
  const value = readJson(text);
  return isObject(value) ? value : {};
}

function readJson(text: string | undefined): JsonValue | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
