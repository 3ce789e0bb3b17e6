import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '@istio-ts/testkit';
import { bootstrap } from '@istio-ts/xds-types';
import { fromJson } from '@istio-ts/xds-types/json';
import type { JsonObject } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { defaultProxySettings } from '@istio-ts/config-model/proxy-config';
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
  proxyConfig: defaultProxySettings,
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

const everything = {
  proxyConfig: {
    tracing: {
      zipkin: { address: 'localhost:9411' },
      tlsSettings: { mode: 'SIMPLE', caCertificates: '/etc/zipkin/ca.pem', sni: 'zipkin' },
    },
    envoyMetricsService: {
      address: 'metrics:15000',
      tlsSettings: {
        mode: 'MUTUAL',
        clientCertificate: 'a.pem',
        privateKey: 'b.pem',
        caCertificates: 'c.pem',
      },
    },
    envoyAccessLogService: {
      address: '[fd00::1]:9000',
      tlsSettings: { mode: 'SIMPLE', subjectAltNames: ['x'] },
    },
    statsdUdpAddress: '10.1.1.1:9125',
    extraStatTags: ['tenant'],
  },
  annotations: { 'sidecar.istio.io/statsHistogramBuckets': '{"istio":[1,5,10]}' },
  secureMetricsPort: 15091,
  secureMergedMetricsPort: 15092,
};

function clusterOf(changes: Partial<BootstrapInput>, name: string): JsonObject {
  const { static_resources: resources } = createBootstrap({ ...input, ...changes });
  const clusters = (resources as { readonly clusters: readonly JsonObject[] }).clusters;
  return clusters.find((each) => each['name'] === name) ?? {};
}

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

  it.runIf(testEnvoy !== undefined).each([
    ['with marked sockets and all of our labels', { socketMark: 1337 }],
    ['with services, statistics and secure ports of every kind', everything],
    ['with traces for Datadog', { proxyConfig: { tracing: { datadog: { address: 'localhost:8126' } } } }],
  ])('is accepted by Envoy, %s', async (_name, changes) => {
    const root = await tempDir();
    const proxyConfig = { ...defaultProxySettings, ...('proxyConfig' in changes && changes.proxyConfig) };
    const written = createBootstrap({ ...input, ...changes, proxyConfig });
    writeFileSync(join(root, 'envoy-rev.json'), JSON.stringify(written));
    mkdirSync(join(root, 'etc'));
    const args = ['--mode', 'validate', '-c', 'envoy-rev.json'];
    const out = execFileSync(testEnvoy ?? '', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' });
    expect(out).toContain('OK');
  });

  it('reaches a service as its settings say, and only over families of address that the pod has', () => {
    const service = {
      address: 'logs.example:9000',
      tlsSettings: { mode: 'ISTIO_MUTUAL', subjectAltNames: ['spiffe://cluster.local/ns/logs/sa/logs'] },
      tcpKeepalive: { probes: 3, time: '90s' },
    };
    const proxyConfig = { ...defaultProxySettings, envoyAccessLogService: service };
    const found = clusterOf({ proxyConfig, instanceIps: ['fd00::1'] }, 'envoy_accesslog_service');
    expect(found).toMatchObject({
      dns_lookup_family: 'V6_ONLY',
      upstream_connection_options: { tcp_keepalive: { keepalive_probes: 3, keepalive_time: 90 } },
      transport_socket: { typed_config: { sni: 'logs.example' } },
    });
    const tls = JSON.stringify(found['transport_socket']);
    for (const name of ['"default"', '"ROOTCA"', 'spiffe://cluster.local/ns/logs/sa/logs', '"istio"'])
      expect(tls).toContain(name);
  });

  it('trusts the roots of the machine where a service over TLS names none', () => {
    const tracing = { zipkin: { address: 'traces.example:443' }, tlsSettings: { mode: 'SIMPLE' } };
    const found = clusterOf({ proxyConfig: { ...defaultProxySettings, tracing } }, 'zipkin');
    expect(JSON.stringify(found)).toContain('"file-root:system"');
  });

  it('refuses a service without a port, with its address in the message', () => {
    const proxyConfig = { ...defaultProxySettings, statsdUdpAddress: 'statsd' };
    expect(() => createBootstrap({ ...input, proxyConfig })).toThrow('"statsd": expected host:port');
  });

  it.each([
    ['1m30s', undefined, '90s', undefined],
    ['500ms', '2s', '0.5s', '2s'],
    [undefined, '10s', undefined, '10s'],
    [undefined, '11s', undefined, undefined],
    ['often', '10s', undefined, '10s'],
    ['10m', '20m', undefined, '1200s'],
  ])('statistics flushed every %s and forgotten after %s', (flush, eviction, wantFlush, wantEviction) => {
    const annotations = {
      ...(flush !== undefined && { 'sidecar.istio.io/statsFlushInterval': flush }),
      ...(eviction !== undefined && { 'sidecar.istio.io/statsEvictionInterval': eviction }),
    };
    const found = createBootstrap({ ...input, annotations });
    expect(found['stats_flush_interval']).toBe(wantFlush);
    expect(found['stats_eviction_interval']).toBe(wantEviction);
  });

  it('reports load where the environment says so, and keeps its own gRPC client to TLS 1.2 under FIPS 140-2', () => {
    const env = { ISTIO_META_LOAD_STATS_CONFIG_JSON: '{"api_type":"GRPC","transport_api_version":"V3"}' };
    const found = createBootstrap({ ...input, env, compliancePolicy: 'fips-140-2' });
    expect(found['cluster_manager']).toMatchObject({ load_stats_config: { api_type: 'GRPC' } });
    expect(JSON.stringify(found['layered_runtime'])).toContain('google_grpc_disable_tls_13":true');
    expect(JSON.stringify(createBootstrap(input))).not.toContain('google_grpc_disable_tls_13');
  });

  it('leaves buckets of histograms out that Envoy would refuse', () => {
    const buckets = '{"good":[1,5],"bad":["x"],"empty":[]}';
    const annotations = { 'sidecar.istio.io/statsHistogramBuckets': buckets };
    const { stats_config: stats } = createBootstrap({ ...input, annotations });
    expect(stats).toMatchObject({
      histogram_bucket_settings: [{ match: { prefix: 'good' }, buckets: [1, 5] }],
    });
  });

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
    const proxyConfig = { ...defaultProxySettings, proxyStatsMatcher: { inclusionPrefixes: ['configured'] } };
    const annotations = { 'sidecar.istio.io/statsInclusionPrefixes': 'annotated' };
    const configured = JSON.stringify(createBootstrap({ ...input, proxyConfig }));
    const annotated = JSON.stringify(createBootstrap({ ...input, proxyConfig, annotations }));
    expect(configured).toContain('{"prefix":"configured"}');
    expect(annotated).toContain('{"prefix":"annotated"}');
    expect(annotated).not.toContain('{"prefix":"configured"}');
  });
});
