import { parse as parseYaml } from 'yaml';
import { defaultProxySettings, parseDurationMs } from '@istio-ts/config-model/proxy-config';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { JsonObject, JsonValue } from '@istio-ts/xds-types';

/**
 * Istio's ProxyConfig in its JSON form, with the defaults filled in. It is kept whole, because the proxy's node tells it
 * to the control plane; the fields that the agent itself reads have accessors below.
 */
export type ProxyConfig = JsonObject;

/**
 * The proxy's configuration: defaults, then `defaultConfig` of a MeshConfig, then PROXY_CONFIG, later ones winning field by
 * field. Both texts are YAML or JSON. Throws a MeshError that names the text that cannot be read.
 */
export function resolveProxyConfig(texts: {
  readonly mesh?: string | undefined;
  readonly overlay?: string | undefined;
}): ProxyConfig {
  const mesh = readObject(texts.mesh ?? '', 'the mesh configuration (etc/istio/config/mesh)');
  const fromMesh = mesh['defaultConfig'];
  const overlay = readObject(texts.overlay ?? '', 'PROXY_CONFIG');
  return [isObject(fromMesh) ? fromMesh : {}, overlay].reduce(mergeObjects, defaultProxySettings);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringField(config: JsonObject, name: string): string | undefined {
  const value = config[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberField(config: JsonObject, name: string): number | undefined {
  const value = config[name];
  return typeof value === 'number' ? value : undefined;
}

export function objectField(config: JsonObject, name: string): JsonObject {
  const value = config[name];
  return isObject(value) ? value : {};
}

export function stringListField(config: JsonObject, name: string): readonly string[] {
  const value = config[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Milliseconds of a duration field; throws a MeshError where it is not one. */
export function durationField(config: JsonObject, name: string): number | undefined {
  const text = stringField(config, name);
  if (text === undefined) return undefined;
  const ms = parseDurationMs(text);
  if (ms !== undefined && ms >= 0) return ms;
  throw new MeshError(
    MeshErrorCode.Usage,
    `ProxyConfig ${name} is "${text}": expected a duration such as 45s`,
  );
}

/** The entries of `proxyMetadata`, which are environment of the agent. */
export function proxyMetadata(config: ProxyConfig): Readonly<Record<string, string>> {
  const entries = Object.entries(objectField(config, 'proxyMetadata'));
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function mergeObjects(base: JsonObject, over: JsonObject): JsonObject {
  const merged = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    return [key, isObject(before) && isObject(value) ? mergeObjects(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(merged) };
}

function readObject(text: string, what: string): JsonObject {
  const value = readYaml(text, what);
  if (value === null) return {};
  if (isObject(value)) return value;
  throw new MeshError(MeshErrorCode.Usage, `${what} must be a YAML or JSON object`);
}

function readYaml(text: string, what: string): JsonValue {
  try {
    return text.trim() === '' ? null : (parseYaml(text) as JsonValue);
  } catch (cause) {
    throw MeshError.from(cause, `${what} cannot be read`);
  }
}
