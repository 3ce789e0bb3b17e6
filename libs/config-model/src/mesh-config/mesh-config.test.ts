import { describe, expect, it } from 'vitest';
import { parseProxySettings } from '../proxy-config/parse.js';
import { applyProxySettings } from '../proxy-config/merge.js';
import { defaultProxySettings } from '../proxy-config/defaults.js';
import { defaultMeshConfig, type MeshConfig } from './defaults.js';
import { mergeMeshConfig } from './parse.js';

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

  it('reads the names of the proto too, and refuses one field under both names', () => {
    const { config, issues } = merge(
      'access_log_file: /dev/stdout\nextension_providers: [{name: a, zipkin: {service: a.b, port: 1, enable_64bit_trace_id: true}}]',
    );
    expect(issues).toEqual([]);
    expect(config?.accessLogFile).toBe('/dev/stdout');
    expect(config?.extensionProviders.at(-1)).toMatchObject({ zipkin: { enable64bitTraceId: true } });
    expect(merge('accessLogFile: a\naccess_log_file: b').issues).toEqual([
      'error access_log_file@2: is the same field as accessLogFile, which is set too',
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
