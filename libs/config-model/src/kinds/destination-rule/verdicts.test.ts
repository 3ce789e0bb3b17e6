import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a DestinationRule', () => {
  itJudges('DestinationRule', {
    valid: [
      { host: 'a' },
      { host: '*.a' },
      { host: 'a', workloadSelector: { matchLabels: { a: 'b' } } },
      { host: 'a', exportTo: ['.'], workloadSelector: { matchLabels: { a: 'b' } } },
      { host: 'a', exportTo: ['default'], workloadSelector: { matchLabels: { a: 'b' } } },
    ],
    warning: [{ host: 'a', workloadSelector: {} }],
    invalid: [
      { host: '' },
      { host: 'a', subsets: [{ name: 'a' }, { name: 'a' }] },
      { host: 'a', subsets: [{ name: '' }] },
      { host: 'a', subsets: [{ name: '@' }] },
      { host: 'a', subsets: [{ name: 'a', labels: { '@': 'b' } }] },
      { host: 'a', subsets: [{ name: 'a', trafficPolicy: {} }] },
      { host: 'a', workloadSelector: { matchLabels: { '': 'b' } } },
      { host: 'a', workloadSelector: { matchLabels: { a: 'b*' } } },
      { host: 'a', exportTo: ['*'], workloadSelector: { matchLabels: { a: 'b' } } },
      { host: 'a', exportTo: ['other'], workloadSelector: { matchLabels: { a: 'b' } } },
      { host: 'a', exportTo: ['.', 'other'], workloadSelector: { matchLabels: { a: 'b' } } },
    ],
  });
});

describe('a DestinationRule of a traffic policy', () => {
  itJudges(
    'DestinationRule',
    {
      valid: [
        { portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'RANDOM' } }] },
        { portLevelSettings: [] },
        { tunnel: { targetHost: '1.2.3.4', targetPort: 80 } },
        { tunnel: { targetHost: '2001:db8:1::', targetPort: 80 } },
        { proxyProtocol: { version: 'V2' } },
        { outlierDetection: { consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true } },
        { outlierDetection: { splitExternalLocalOriginErrors: true } },
        { outlierDetection: { consecutiveLocalOriginFailures: 0 } },
        { outlierDetection: {} },
        { connectionPool: { tcp: {} } },
        { connectionPool: { tcp: { idleTimeout: '0s' } } },
        { connectionPool: { http: { h2UpgradePolicy: 'DO_NOT_UPGRADE', useClientProtocol: true } } },
        { loadBalancer: {} },
        { loadBalancer: { consistentHash: { httpCookie: { name: 'a' } } } },
        { loadBalancer: { consistentHash: { httpHeaderName: 'a', maglev: { tableSize: 1 } } } },
        { loadBalancer: { consistentHash: { httpHeaderName: 'a', maglev: { tableSize: 65537 } } } },
        { loadBalancer: { consistentHash: {} } },
        { loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '1s' } } },
        { loadBalancer: { simple: 'RANDOM', warmup: { duration: '1s' } } },
        { outlierDetection: {}, loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } },
        {
          outlierDetection: {},
          loadBalancer: {
            localityLbSetting: {
              failover: [{ from: 'a', to: 'b' }],
              failoverPriority: ['topology.istio.io/network'],
            },
          },
        },
        {
          loadBalancer: {
            localityLbSetting: {
              distribute: [
                { from: 'a/b/c', to: { b: 100 } },
                { from: 'a/b/d', to: { b: 100 } },
              ],
            },
          },
        },
        {
          loadBalancer: {
            localityLbSetting: { distribute: [{ from: 'a/*', to: { 'b/c/*': 70, 'b/d': 30 } }] },
          },
        },
        { tls: { mode: 'MUTUAL', clientCertificate: 'a', privateKey: 'b' } },
        { tls: { mode: 'MUTUAL', credentialName: 'b' } },
        { tls: { mode: 'SIMPLE', insecureSkipVerify: true } },
        { tls: { mode: 'MUTUAL', insecureSkipVerify: true, credentialName: 'a' } },
        { tls: { mode: 'ISTIO_MUTUAL' } },
        { tls: { mode: 'DISABLE', clientCertificate: 'a' } },
        { tls: { mode: 'SIMPLE', caCertificates: 'a', caCrl: 'b' } },
      ],
      warning: [
        { outlierDetection: { consecutiveErrors: 7 } },
        { loadBalancer: { consistentHash: { httpHeaderName: 'a', minimumRingSize: 10 } } },
        { loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } },
        { loadBalancer: { localityLbSetting: { failoverPriority: ['x'] } } },
      ],
      invalid: [
        {},
        { portLevelSettings: [{}] },
        { portLevelSettings: [{ port: { number: 80 } }] },
        { portLevelSettings: [{ loadBalancer: { simple: 'RANDOM' } }] },
        {
          tunnel: { protocol: 'POST', targetHost: 'a.com', targetPort: 80 },
          proxyProtocol: { version: 'V1' },
        },
        { tunnel: { protocol: 'GET', targetHost: 'a.com', targetPort: 80 } },
        { tunnel: { targetHost: '@', targetPort: 80 } },
        { tunnel: { targetHost: '*.com', targetPort: 80 } },
        { tunnel: { targetHost: 'a.com', targetPort: 0 } },
        { outlierDetection: { baseEjectionTime: '0s' } },
        { outlierDetection: { interval: '0.1ms' } },
        { outlierDetection: { consecutiveLocalOriginFailures: 5 } },
        { outlierDetection: { maxEjectionPercent: 105 } },
        { outlierDetection: { minHealthPercent: -1 } },
        { connectionPool: {} },
        { connectionPool: { tcp: { maxConnections: -1 } } },
        { connectionPool: { tcp: { connectTimeout: '0s' } } },
        { connectionPool: { tcp: { idleTimeout: '1.0001s' } } },
        { connectionPool: { tcp: { maxConnectionDuration: '0s' } } },
        { connectionPool: { tcp: { tcpKeepalive: { time: '0s' } } } },
        { connectionPool: { tcp: { tcpKeepalive: { interval: '0s' } } } },
        { connectionPool: { http: { http1MaxPendingRequests: -1 } } },
        { connectionPool: { http: { http2MaxRequests: -1 } } },
        { connectionPool: { http: { maxRequestsPerConnection: -1 } } },
        { connectionPool: { http: { maxRetries: -1 } } },
        { connectionPool: { http: { idleTimeout: '0s' } } },
        { connectionPool: { http: { maxConcurrentStreams: -1 } } },
        { connectionPool: { http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } } },
        { loadBalancer: { consistentHash: { httpCookie: { name: '', ttl: '1s' } } } },
        {
          loadBalancer: {
            consistentHash: { httpHeaderName: 'a', minimumRingSize: 10, maglev: { tableSize: 7 } },
          },
        },
        {
          loadBalancer: {
            consistentHash: { httpHeaderName: 'a', minimumRingSize: 10, ringHash: { minimumRingSize: 7 } },
          },
        },
        { loadBalancer: { consistentHash: { httpHeaderName: 'a', maglev: { tableSize: 0 } } } },
        { loadBalancer: { consistentHash: { httpHeaderName: 'a', maglev: {} } } },
        { loadBalancer: { consistentHash: { httpHeaderName: 'a', maglev: { tableSize: 4 } } } },
        { loadBalancer: { consistentHash: { httpHeaderName: 'a', maglev: { tableSize: 5000011 } } } },
        { loadBalancer: { simple: 'ROUND_ROBIN', warmup: {} } },
        { loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '0s' } } },
        { loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '1s', minimumPercent: 101 } } },
        { loadBalancer: { simple: 'ROUND_ROBIN', warmup: { duration: '1s', aggression: 0.5 } } },
        {
          loadBalancer: {
            localityLbSetting: {
              distribute: [{ from: 'a', to: { b: 100 } }],
              failover: [{ from: 'a', to: 'b' }],
            },
          },
        },
        { outlierDetection: {}, loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'a' }] } } },
        {
          outlierDetection: {},
          loadBalancer: { localityLbSetting: { failover: [{ from: 'a/b', to: 'a' }] } },
        },
        {
          outlierDetection: {},
          loadBalancer: { localityLbSetting: { failover: [{ from: 'a*', to: 'a' }] } },
        },
        {
          outlierDetection: {},
          loadBalancer: {
            localityLbSetting: {
              failover: [{ from: 'a', to: 'b' }],
              failoverPriority: ['topology.kubernetes.io/region'],
            },
          },
        },
        {
          outlierDetection: {},
          loadBalancer: {
            localityLbSetting: {
              failover: [{ from: 'a', to: 'b' }],
              failoverPriority: ['topology.istio.io/subzone'],
            },
          },
        },
        { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: { b: 0, c: 100 } }] } } },
        { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: { b: 99 } }] } } },
        {
          loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: { 'b/*': 50, 'b/c': 50 } }] } },
        },
        {
          loadBalancer: {
            localityLbSetting: {
              distribute: [
                { from: 'a', to: { b: 100 } },
                { from: 'a/b', to: { b: 100 } },
              ],
            },
          },
        },
        { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a//b', to: { b: 100 } }] } } },
        { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a/*/b', to: { b: 100 } }] } } },
        {
          loadBalancer: {
            localityLbSetting: {
              distribute: [
                { from: '*', to: { b: 100 } },
                { from: 'a', to: { b: 100 } },
              ],
            },
          },
        },
        {
          loadBalancer: {
            localityLbSetting: {
              distribute: [
                { from: 'a/b', to: { b: 100 } },
                { from: 'a/b/d', to: { b: 100 } },
              ],
            },
          },
        },
        { loadBalancer: { localityLbSetting: { distribute: [{ from: '', to: { b: 100 } }] } } },
        { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: {} }] } } },
        { tls: { mode: 'MUTUAL' } },
        { tls: { mode: 'MUTUAL', clientCertificate: 'a' } },
        { tls: { mode: 'MUTUAL', credentialName: 'b', clientCertificate: 'a' } },
        { tls: { mode: 'SIMPLE', credentialName: 'b', caCertificates: 'a' } },
        { tls: { mode: 'SIMPLE', credentialName: 'b', caCrl: 'a' } },
        { tls: { mode: 'SIMPLE', insecureSkipVerify: true, caCertificates: 'a' } },
        { tls: { mode: 'SIMPLE', insecureSkipVerify: true, credentialName: 'a' } },
        { tls: { mode: 'SIMPLE', insecureSkipVerify: true, subjectAltNames: ['a'] } },
        {
          tls: {
            mode: 'MUTUAL',
            insecureSkipVerify: true,
            clientCertificate: 'a',
            privateKey: 'b',
            subjectAltNames: ['a'],
          },
        },
      ],
    },
    (trafficPolicy: object) => ({ host: 'reviews', trafficPolicy }),
  );
});
