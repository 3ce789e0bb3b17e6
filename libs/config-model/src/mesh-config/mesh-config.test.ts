import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import { parseProxySettings } from '../proxy-config/parse.js';
import { applyProxySettings } from '../proxy-config/merge.js';
import { defaultProxySettings } from '../proxy-config/defaults.js';
import { defaultMeshConfig, type MeshConfig } from './defaults.js';
import type { ExtensionProvider } from './extension-provider.js';
import { applyMeshConfig } from './merge.js';
import { mergeMeshConfig, parseMeshConfig } from './parse.js';
import type { MeshConfigOverlay } from './spec.js';
import { extensionProviderFault, isProviderService } from './validate-extension-provider.js';

function merge(text: string): { readonly config?: MeshConfig; readonly issues: readonly string[] } {
  const result = mergeMeshConfig(defaultMeshConfig, text, 'mesh.yaml');
  const issues = (result.ok ? result.issues : result.error).map(
    ({ severity, path, position, message }) => `${severity} ${path ?? ''}@${position?.line ?? 0}: ${message}`,
  );
  return { ...(result.ok && { config: result.value }), issues };
}

describe('mergeMeshConfig', () => {
  it('lays a file over the defaults and leaves them as they are', () => {
    const { config, issues } = merge(
      'accessLogFile: /dev/stdout\noutboundTrafficPolicy: {mode: REGISTRY_ONLY}\ncompatibilityVersion: "1.13"',
    );
    expect(issues).toEqual([]);
    expect(config).toMatchObject({
      accessLogFile: '/dev/stdout',
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      compatibilityVersion: '1.13',
      trustDomain: 'cluster.local',
    });
    expect(defaultMeshConfig.outboundTrafficPolicy).toEqual({ mode: 'ALLOW_ANY' });
  });

  it('takes an empty text as no settings', () => {
    expect(merge('').config).toEqual(defaultMeshConfig);
  });

  it('warns of unknown fields with the nearest name and ignores them', () => {
    const { config, issues } = merge('accesLogFile: x');
    expect(config).toEqual(defaultMeshConfig);
    expect(issues).toEqual([
      'warning accesLogFile@1: there is no field "accesLogFile" here; did you mean "accessLogFile"? (ignored)',
    ]);
  });

  it('refuses wrong values and names the line', () => {
    expect(merge('trustDomain: a\nproxyListenPort: 0').issues).toEqual([
      'error proxyListenPort@2: the port number must be between 1 and 65535, not 0',
    ]);
    expect(merge('a: [').issues[0]).toMatch(/^error/u);
  });

  it('reads the annotation of a pod like the mesh’s defaultConfig', () => {
    const result = parseProxySettings('proxyMetadata: {A: b}\ntracing: {sampling: 100}');
    expect(result.ok && applyProxySettings(defaultProxySettings, result.value)).toEqual({
      ...defaultProxySettings,
      proxyMetadata: { A: 'b' },
      tracing: { sampling: 100 },
    });
  });
});

interface MergeCase {
  readonly name: string;
  readonly op: string;
  readonly base?: 'default' | Partial<MeshConfig>;
  readonly overlay?: MeshConfigOverlay;
  readonly created?: readonly { readonly configMap: string; readonly mesh: string }[];
  readonly expect: {
    readonly config?: unknown;
    readonly defaultConfig?: unknown;
    readonly fields?: Readonly<Record<string, unknown>>;
    readonly subset?: Readonly<Record<string, unknown>>;
  };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(sharedDir ?? '', 'conformance', path), 'utf8'));
}

/** Proto JSON: zero values are as good as absent. */
function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, each]) => [key, withoutZeros(each)] as const);
  return Object.fromEntries(fields.filter(([, each]) => each !== false && each !== 0 && each !== ''));
}

function run({ op, base, overlay = {}, created = [] }: MergeCase): MeshConfig | undefined {
  const under = base === 'default' || base === undefined ? defaultMeshConfig : base;
  const padded = { extensionProviders: [], ...under } as unknown as MeshConfig;
  switch (op) {
    case 'meshConfigOverlay':
      return applyMeshConfig(padded, readOverlay(JSON.stringify(overlay)));
    case 'proxyConfigOverlay': {
      const settings = parseProxySettings(JSON.stringify(overlay));
      expect(settings.ok).toBe(true);
      return settings.ok
        ? { ...padded, defaultConfig: applyProxySettings(padded.defaultConfig, settings.value) }
        : undefined;
    }
    case 'twoConfigMaps':
      return ['extra', 'istio'].reduce((config, name) => {
        const result = mergeMeshConfig(
          config,
          created.find(({ configMap }) => configMap === name)?.mesh ?? '',
        );
        return result.ok ? result.value : config;
      }, padded);
    case 'validateDefaults': {
      const result = mergeMeshConfig(padded, JSON.stringify(overlay));
      expect(result).toMatchObject({ ok: true, issues: [] });
      return undefined;
    }
    default:
      return undefined;
  }
}

function readOverlay(text: string): MeshConfigOverlay {
  const result = parseMeshConfig(text);
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.value : {};
}

describe.runIf(sharedDir)('the suite mesh-config', () => {
  it('agrees on every case of merging', () => {
    const { cases } = readJson('mesh-config/merge.json') as { readonly cases: readonly MergeCase[] };
    for (const entry of cases.filter(({ op }) => op !== 'meshNetworks')) {
      const got = run(entry);
      const { config, defaultConfig, fields = {}, subset } = entry.expect;
      if (config !== undefined) expect(withoutZeros(got), entry.name).toEqual(withoutZeros(config));
      if (defaultConfig !== undefined)
        expect(withoutZeros(got?.defaultConfig), entry.name).toEqual(withoutZeros(defaultConfig));
      if (subset !== undefined) expect(got, entry.name).toMatchObject(subset);
      for (const [field, want] of Object.entries(fields)) {
        expect(got?.[field as keyof MeshConfig] ?? null, `${entry.name} ${field}`).toEqual(want);
      }
    }
  });

  it('agrees on every extension provider', () => {
    const { cases } = readJson('mesh-config/extension-providers.json') as {
      readonly cases: readonly {
        readonly name: string;
        readonly service?: string;
        readonly provider?: ExtensionProvider;
        readonly expect: boolean;
      }[];
    };
    for (const { name, service = '', provider, expect: want } of cases) {
      const got =
        provider === undefined ? isProviderService(service) : extensionProviderFault(provider) === undefined;
      expect(got, name).toBe(want);
    }
  });

  it('agrees on every case of validation', () => {
    const { cases } = readJson('config-validation/MeshConfig.json') as {
      readonly cases: readonly { readonly name: string; readonly spec: unknown; readonly expect: string }[];
    };
    const differing = cases.flatMap(({ name, spec, expect: want }) => {
      const result = mergeMeshConfig(defaultMeshConfig, JSON.stringify(spec));
      const got = !result.ok ? 'invalid' : result.issues.length > 0 ? 'warning' : 'valid';
      return got === want ? [] : [{ name, want, got, issues: result.ok ? result.issues : result.error }];
    });
    expect(differing).toEqual([]);
  });
});
