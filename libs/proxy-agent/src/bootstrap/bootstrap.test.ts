import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir, tempDir } from '@istio-ts/testkit';
import { bootstrap } from '@istio-ts/xds-types';
import { fromJson, toJson } from '@istio-ts/xds-types/json';
import type { JsonObject, JsonValue } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultProxyConfig } from '../pod/proxy-config.js';
import { testEnvoy } from '../testing/test-envoy.js';
import { createBootstrap, type BootstrapInput } from './bootstrap.js';
import { renderNodeId } from './node.js';

const input: BootstrapInput = {
  nodeId: renderNodeId({
    type: 'sidecar',
    ip: '10.0.0.1',
    pod: 'webapp-1',
    namespace: 'default',
    domain: 'default.svc.cluster.local',
  }),
  env: {
    POD_NAME: 'webapp-1',
    POD_NAMESPACE: 'default',
    ISTIO_META_CLUSTER_ID: 'Kubernetes',
    OTHER: 'secret',
  },
  labels: { app: 'webapp' },
  annotations: {},
  proxyConfig: defaultProxyConfig,
  instanceIps: ['10.0.0.1'],
  istioVersion: '1.29.0',
  prometheusPort: 15090,
  statusPort: 15021,
  identitySocket: 'socket',
  pilotSubjectAltNames: ['istiod.istio-system.svc'],
  wasmStatsTags: [{ tag_name: 'source_workload', regex: '(source_workload=\\.=(.*?);\\.;)' }],
  bindAddress: '0.0.0.0',
  loopback: '127.0.0.1',
  exitOnZeroActiveConnections: false,
};

function metadata(changes: Partial<BootstrapInput>): JsonObject {
  const { node } = createBootstrap({ ...input, ...changes });
  return ((node ?? {}) as JsonObject)['metadata'] as JsonObject;
}

describe('the bootstrap', () => {
  it('has only fields that Envoy knows', () => {
    const message = fromJson(bootstrap.Bootstrap, createBootstrap(input));
    expect(message.node?.id).toBe('sidecar~10.0.0.1~webapp-1.default~default.svc.cluster.local');
    expect(message.node?.cluster).toBe('webapp.default');
    expect(message.statsConfig?.statsTags.map(({ tagName }) => tagName)).toContain('source_workload');
  });

  it.runIf(testEnvoy !== undefined)(
    'is accepted by Envoy, with marked sockets and all of our labels',
    async () => {
      const root = await tempDir();
      writeFileSync(
        join(root, 'envoy-rev.json'),
        JSON.stringify(createBootstrap({ ...input, socketMark: 1337 })),
      );
      mkdirSync(join(root, 'etc'));
      const args = ['--mode', 'validate', '-c', 'envoy-rev.json'];
      const out = execFileSync(testEnvoy ?? '', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
      expect(out).toContain('OK');
    },
  );

  it('tells of the environment only what is meant for the control plane', () => {
    expect(metadata({})).toMatchObject({ NAME: 'webapp-1', NAMESPACE: 'default', CLUSTER_ID: 'Kubernetes' });
    expect(JSON.stringify(metadata({}))).not.toContain('secret');
  });

  it('reads ports as JSON, and lays labels of the environment beside the other keys', () => {
    const env = {
      ISTIO_META_POD_PORTS: '[{"containerPort":8080}]',
      ISTIO_METAJSON_LABELS: '{"app":"vm","istio-locality":"r.z"}',
    };
    const found = metadata({ env });
    expect(found).toMatchObject({ POD_PORTS: [{ containerPort: 8080 }], app: 'vm' });
    expect(found['LABELS']).toEqual({ app: 'vm', 'istio-locality': 'r/z' });
  });

  it('takes the statistics that an annotation names instead of those of the proxy configuration', () => {
    const proxyConfig = { ...defaultProxyConfig, proxyStatsMatcher: { inclusionPrefixes: ['configured'] } };
    const annotations = { 'sidecar.istio.io/statsInclusionPrefixes': 'annotated' };
    const configured = JSON.stringify(createBootstrap({ ...input, proxyConfig }));
    const annotated = JSON.stringify(createBootstrap({ ...input, proxyConfig, annotations }));
    expect(configured).toContain('{"prefix":"configured"}');
    expect(annotated).toContain('{"prefix":"annotated"}');
    expect(annotated).not.toContain('{"prefix":"configured"}');
  });
});

interface BootstrapCase {
  readonly name: string;
  readonly proxyConfig: string;
  readonly extraProxyMetadata: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly secureMetricsPort: number;
  readonly istioOnlyExtensions: readonly string[];
  readonly expected: string;
}

/** Tracers, metrics and access-log services in the bootstrap, and secure metrics, belong to later issues. */
const covered = [
  'xdsproxy',
  'auth',
  'authsds',
  'default',
  'stats_compression',
  'global_downstream_max_connections_meta',
  'global_downstream_max_connections_runtime',
  'global_downstream_max_connections_both',
  'global_downstream_connection_settings',
];

describe.runIf(sharedDir !== undefined)("Istio's own bootstrap cases", () => {
  const dir = join(sharedDir ?? '', 'conformance/bootstrap');
  const read = (path: string): string => readFileSync(join(dir, path), 'utf8');
  const { cases } = (sharedDir === undefined ? { cases: [] } : JSON.parse(read('cases.json'))) as {
    readonly cases: readonly BootstrapCase[];
  };

  it.each(cases.filter(({ name }) => covered.includes(name)))('$name', (one) => {
    const written = createBootstrap(caseInput(one, parse(read(one.proxyConfig)) as JsonObject));
    const expected = JSON.parse(read(one.expected)) as JsonValue;
    expect(comparable(written)).toEqual(comparable(expected));
  });
});

function caseInput(one: BootstrapCase, proxyConfig: JsonObject): BootstrapInput {
  const proxyMetadata = {
    ...(proxyConfig['proxyMetadata'] as JsonObject | undefined),
    ...one.extraProxyMetadata,
  };
  return {
    ...input,
    nodeId: 'sidecar~1.2.3.4~foo~bar',
    env: one.env,
    labels: {},
    annotations: one.annotations,
    proxyConfig: {
      statusPort: 15020,
      ...proxyConfig,
      ...(Object.keys(proxyMetadata).length > 0 && { proxyMetadata }),
      configPath: `/OUT/bootstrap/${one.name}`,
      customConfigFile: 'envoy_bootstrap.json',
    },
    instanceIps: ['10.3.3.3', '10.4.4.4', '10.5.5.5', '10.6.6.6', '10.4.4.4'],
    istioVersion: 'binary-1.0',
    identitySocket: 'test.sock',
    pilotSubjectAltNames: ['spiffe://cluster.local/ns/istio-system/sa/istio-pilot-service-account'],
    outlierLogPath: '/dev/stdout',
    wasmStatsTags: [],
  };
}

/** As one form of JSON, without what the suite masks: the socket's path, and the order of the statistics' matchers. */
function comparable(json: JsonValue): unknown {
  const message = toJson(bootstrap.Bootstrap, fromJson(bootstrap.Bootstrap, json));
  const text = JSON.stringify(message).replaceAll(/"path":"[^"]*\/XDS"/g, '"path":"/OUT/XDS"');
  const value = JSON.parse(text) as {
    statsConfig?: { statsMatcher?: { inclusionList?: { patterns?: unknown[] } } };
  };
  const patterns = value.statsConfig?.statsMatcher?.inclusionList?.patterns;
  patterns?.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return value;
}
