import { describe } from 'vitest';
import { itJudges } from '../kinds/verdict.test-support.js';

describe('a MeshConfig', () => {
  itJudges('MeshConfig', {
    valid: [
      {},
      { trustDomain: '1.2.3' },
      { trustDomain: 'a.'.repeat(200) + 'b' },
      { connectTimeout: '3600s' },
      { serviceSettings: [{ hosts: ['*.foo.bar', 'a'] }] },
      { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } },
      { meshMTLS: { minProtocolVersion: 'TLSV1_3' } },
      { tlsDefaults: { ecdhCurves: ['P-256', 'X25519'] } },
    ],
    warning: [
      { tlsDefaults: { ecdhCurves: ['P-1'] } },
      { tlsDefaults: { ecdhCurves: ['P-256', 'P-256'] } },
      { defaultInboundHttpRetryPolicy: { attempts: 3, retryRemoteLocalities: true } },
      { unknownField: 1 },
    ],
    invalid: [
      { trustDomain: 'a..b' },
      { trustDomainAliases: ['a_b'] },
      { proxyListenPort: 0 },
      { connectTimeout: '0s' },
      { connectTimeout: '3601s' },
      { protocolDetectionTimeout: '0.0001s' },
      { serviceSettings: [{ hosts: ['*.*.bar'] }] },
      { localityLbSetting: { distribute: [{ from: 'a', to: { b: 90 } }] } },
      { meshMTLS: { ecdhCurves: ['P-256'] } },
      { defaultInboundHttpRetryPolicy: { attempts: 3, backoff: '0s' } },
      { defaultInboundHttpRetryPolicy: { retryOn: '5xx' } },
      { defaultTrafficPolicy: { connectionPool: { http: { maxRetries: -1 } } } },
      {
        defaultTrafficPolicy: {
          loadBalancer: { consistentHash: { httpHeaderName: 'a', maglev: { tableSize: 4 } } },
        },
      },
      { defaultTrafficPolicy: { connectionPool: {} } },
    ],
  });
});

describe('a MeshConfig of proxy settings', () => {
  itJudges(
    'MeshConfig',
    {
      valid: [
        { tracingServiceName: 'CANONICAL_NAME_ONLY' },
        { statsdUdpAddress: '10.0.0.100:9125' },
        { envoyMetricsService: { address: 'metrics:80' } },
        { tracing: { zipkin: { address: '$(HOST_IP):9411' } } },
        { tracing: { zipkin: { address: 'zipkin.istio-system:9411' } } },
        { tracing: { lightstep: { address: 'a:80', accessToken: 'a' } } },
        { tracing: { datadog: { address: '$(HOST_IP):8126' } } },
        {
          tracing: {
            datadog: { address: 'a:80' },
            tlsSettings: { mode: 'MUTUAL', clientCertificate: 'a', privateKey: 'b' },
          },
        },
        { tracing: { customTags: { a: { environment: { name: 'a' } } } } },
        { privateKeyProvider: { qat: { pollDelay: '0.001s' } } },
        { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } },
        { connectionSettings: { httpIdleTimeout: '0s' } },
        { connectionSettings: { http2InitialStreamWindowSize: 65535 } },
      ],
      warning: [{ proxyMetadata: { ISTIO_META_DNS_AUTO_ALLOCATE: 'true' } }],
      invalid: [
        { configPath: '' },
        { binaryPath: '' },
        { serviceCluster: '' },
        { discoveryAddress: '' },
        { statsdUdpAddress: '10.0.0.100' },
        { envoyMetricsServiceAddress: 'metrics-service.istio-system.svc' },
        { envoyMetricsService: { address: 'metrics' } },
        { envoyAccessLogService: { address: 'als' } },
        { proxyAdminPort: 0 },
        { proxyAdminPort: 65536 },
        { statusPort: 0 },
        { drainDuration: '0s' },
        { drainDuration: '0.5s' },
        { tracing: { zipkin: { address: 'x' } } },
        { tracing: { zipkin: { address: '' } } },
        { tracing: { lightstep: { address: '10.0.0.100', accessToken: 'a' } } },
        { tracing: { lightstep: { address: 'a:80' } } },
        { tracing: { datadog: {} } },
        { tracing: { datadog: { address: 'a:80' }, tlsSettings: { mode: 'MUTUAL' } } },
        { privateKeyProvider: {} },
        { privateKeyProvider: { cryptomb: {} } },
        { privateKeyProvider: { cryptomb: { pollDelay: '0s' } } },
        { privateKeyProvider: { qat: {} } },
        { connectionSettings: { http2InitialStreamWindowSize: 65534 } },
      ],
    },
    (defaultConfig: object) => ({ defaultConfig }),
  );
});
