import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyMeshConfig,
  applyProxySettings,
  defaultMeshConfig,
  extensionProviderFault,
  isProviderService,
  mergeMeshConfig,
  parseMeshConfig,
  parseMeshNetworks,
  parseProxySettings,
  type ExtensionProvider,
  type MeshConfig,
} from '@istio-ts/config-model';
import type { Result } from '@istio-ts/foundation';
import { readCases, readFileValue, strayCases, unreadFields } from '../read-cases.js';
import { compare, needs, type Case, type CaseOutcome, type Suite } from '../suite.js';

/** The fields of all operations; each uses some. */
interface MergeCase {
  readonly name: string;
  readonly op: string;
  readonly base?: 'default' | Partial<MeshConfig>;
  readonly overlay?: unknown;
  readonly input?: unknown;
  readonly created?: readonly { readonly configMap: string; readonly mesh: string }[];
  readonly expect: Readonly<Record<string, unknown>>;
}

interface ProviderCase {
  readonly name: string;
  readonly service?: string;
  readonly provider?: ExtensionProvider;
  readonly expect: boolean;
}

const files = [
  ...['default-mesh-config.yaml', 'default-proxy-config.yaml'],
  ...['merge.json', 'extension-providers.json'],
];

/** Built-in settings of the mesh, and how files and ConfigMaps are laid over them. */
export const meshConfig: Suite = {
  name: 'mesh-config',
  load: (dir) => [
    ...defaultsOf(dir, 'default-mesh-config', () => defaultMeshConfig),
    ...defaultsOf(dir, 'default-proxy-config', () => defaultMeshConfig.defaultConfig),
    ...mergeCases(dir),
    ...providerCases(dir),
    ...strayCases(dir, files),
  ],
};

function defaultsOf(dir: string, file: string, got: () => unknown): readonly Case[] {
  const path = join(dir, `${file}.yaml`);
  if (!existsSync(path)) return [];
  return [{ name: file, run: () => compare(withoutZeros(readFileValue(path)), withoutZeros(got())) }];
}

function mergeCases(dir: string): readonly Case[] {
  const path = join(dir, 'merge.json');
  if (!existsSync(path)) return [];
  return (readCases(path) as readonly MergeCase[]).map((given) => ({
    name: `merge/${given.name}`,
    run: () => runMerge(given),
  }));
}

function providerCases(dir: string): readonly Case[] {
  const path = join(dir, 'extension-providers.json');
  if (!existsSync(path)) return [];
  return (readCases(path) as readonly ProviderCase[]).map((given) => ({
    name: `extension-providers/${given.name}`,
    run: () => runProvider(given),
  }));
}

function runProvider({ service = '', provider, expect }: ProviderCase): CaseOutcome {
  const got =
    provider === undefined ? isProviderService(service) : extensionProviderFault(provider) === undefined;
  return compare(expect, got);
}

const operations: Readonly<Record<string, (given: MergeCase) => CaseOutcome>> = {
  meshConfigOverlay: (given) => {
    const base = baseOf(given);
    const before = JSON.stringify(base);
    const merged = applyMeshConfig(base, valueOf(parseMeshConfig(JSON.stringify(given.overlay ?? {}))));
    return compareConfig(given, merged, before === JSON.stringify(base));
  },
  proxyConfigOverlay: (given) => {
    const base = baseOf(given);
    const before = JSON.stringify(base);
    const settings = valueOf(parseProxySettings(JSON.stringify(given.overlay ?? {})));
    const merged = { ...base, defaultConfig: applyProxySettings(base.defaultConfig, settings) };
    return compareConfig(given, merged, before === JSON.stringify(base));
  },
  twoConfigMaps: (given) => compareConfig(given, mergeConfigMaps(given.created ?? []), true),
  validateDefaults: ({ overlay, expect }) => {
    const result = mergeMeshConfig(defaultMeshConfig, JSON.stringify(overlay ?? {}));
    const issues = result.ok ? result.issues : result.error;
    return compare(expect, { accepted: result.ok, warnings: issues.length });
  },
  meshNetworks: ({ input, expect }) => {
    const result = parseMeshNetworks(JSON.stringify(input));
    const networks = result.ok ? result.value.networks : undefined;
    return compare(expect, { accepted: result.ok, ...(networks && { networks }) });
  },
};

function runMerge(given: MergeCase): CaseOutcome {
  const operation = operations[given.op];
  return operation?.(given) ?? needs(`the operation ${given.op}`);
}

/** A part of the settings, as the cases give it; lists that are merged must be there. */
function baseOf({ base = 'default' }: MergeCase): MeshConfig {
  if (base === 'default') return defaultMeshConfig;
  return { extensionProviders: [], defaultConfig: {}, ...base } as unknown as MeshConfig;
}

/** The main ConfigMap is laid over the shared one; one that cannot be read counts for nothing. */
function mergeConfigMaps(created: NonNullable<MergeCase['created']>): MeshConfig {
  return ['extra', 'istio'].reduce<MeshConfig>((config, name) => {
    const text = created.find(({ configMap }) => configMap === name)?.mesh ?? '';
    const result = mergeMeshConfig(config, text);
    return result.ok ? result.value : config;
  }, defaultMeshConfig);
}

function compareConfig({ expect }: MergeCase, got: MeshConfig, baseUnchanged: boolean): CaseOutcome {
  const { config, defaultConfig, fields, subset } = expect;
  const wanted = Object.entries({
    config,
    defaultConfig,
    fields,
    subset,
    baseUnchanged: expect['baseUnchanged'],
  });
  const parts: Readonly<Record<string, (want: unknown) => unknown>> = {
    config: () => got,
    defaultConfig: () => got.defaultConfig,
    fields: (want) => pick(got, want),
    subset: (want) => pick(got, want),
    baseUnchanged: () => baseUnchanged,
  };
  const unread = unreadFields(expect, Object.keys(parts));
  if (unread.length > 0) return needs(`the expectation ${unread.join(', ')}`);
  const present = wanted.filter(([, want]) => want !== undefined);
  const toForm = (part: string, value: unknown): unknown => (part === 'fields' ? value : withoutZeros(value));
  return compare(
    Object.fromEntries(present.map(([part, want]) => [part, toForm(part, want)])),
    Object.fromEntries(present.map(([part, want]) => [part, toForm(part, parts[part]?.(want))])),
  );
}

/** What a value has where another has something; null where it has nothing. */
function pick(value: unknown, shape: unknown): unknown {
  if (!isRecord(shape) || !isRecord(value)) return value ?? null;
  return Object.fromEntries(Object.keys(shape).map((key) => [key, pickField(value[key], shape[key])]));
}

function pickField(value: unknown, shape: unknown): unknown {
  return isRecord(shape) && Object.keys(shape).length > 0 ? pick(value, shape) : (value ?? null);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Proto JSON: a field with its zero value is as good as an absent one; an empty message is not. */
function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== false && each !== 0 && each !== '');
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutZeros(each)]));
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new TypeError(result.error.map(({ message }) => message).join('; '));
}
