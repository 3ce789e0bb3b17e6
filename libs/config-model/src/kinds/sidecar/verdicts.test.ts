import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a Sidecar', () => {
  itJudges('Sidecar', {
    valid: [
      { outboundTrafficPolicy: {} },
      { outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'a.com', port: { number: 80 } } } },
      { inboundConnectionPool: { tcp: { maxConnections: 1 } } },
    ],
    warning: [{ workloadSelector: {}, egress: [{ hosts: ['*/*'] }] }],
    invalid: [
      {},
      { workloadSelector: { labels: { a: 'b' } } },
      { workloadSelector: { labels: { a: '*' } }, egress: [{ hosts: ['*/*'] }] },
      {
        outboundTrafficPolicy: {
          mode: 'REGISTRY_ONLY',
          egressProxy: { host: 'a.com', port: { number: 80 } },
        },
      },
      { outboundTrafficPolicy: { egressProxy: { host: 'a.com', port: { number: 80 } } } },
      { outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: 'a.com' } } },
      {
        outboundTrafficPolicy: { mode: 'ALLOW_ANY', egressProxy: { host: '*.a.com', port: { number: 80 } } },
      },
      {
        outboundTrafficPolicy: {
          mode: 'ALLOW_ANY',
          egressProxy: { host: 'a.com', subset: '@', port: { number: 80 } },
        },
      },
      {
        egress: [
          { port: { number: 0 }, bind: 'unix:///a', hosts: ['*/*'] },
          { port: { number: 0 }, bind: 'unix:///a', hosts: ['*/*'] },
        ],
      },
      {
        egress: [
          { port: { number: 80 }, hosts: ['*/*'] },
          { port: { number: 80 }, bind: '1.1.1.1', hosts: ['*/*'] },
        ],
      },
      { egress: [{ hosts: ['*/*'] }, { port: { number: 80 }, hosts: ['*/*'] }] },
      { egress: [{ hosts: ['*/*'] }, { hosts: ['*/*'] }] },
      { ingress: [{ defaultEndpoint: '127.0.0.1:9999' }] },
      { ingress: [{ port: { number: 80 } }, { port: { number: 80 } }] },
      {
        ingress: [
          { port: { number: 80 }, bind: '1.1.1.1' },
          { port: { number: 80 }, bind: '1.1.1.2' },
        ],
      },
      { inboundConnectionPool: {} },
    ],
  });
});

describe('a Sidecar of an egress listener', () => {
  itJudges(
    'Sidecar',
    {
      valid: [
        {},
        { port: { number: 80, protocol: 'HTTP', name: 'a' } },
        { port: { number: 80, protocol: 'HTTP' } },
        { port: { number: 80 } },
        { port: { number: 0 }, bind: 'unix:///a' },
        { port: { number: 0 }, bind: 'unix://@a', captureMode: 'NONE' },
        { hosts: ['~/a.com', './*.b.com', '*/c.com'] },
        { hosts: ['*/b.com', 'a/b.com'] },
      ],
      warning: [
        { hosts: ['a/b.com', 'a/b.com'] },
        { hosts: ['a/*', 'a/b.com'] },
        { hosts: ['a/b.com', 'a/*'] },
        { hosts: ['./b.com', 'default/b.com'] },
        { hosts: ['*/*', 'a/b.com'] },
      ],
      invalid: [
        { port: { number: 80, protocol: 'FOO' } },
        { port: { number: 80, name: 'a_' } },
        { port: { number: 80, targetPort: 81 } },
        { port: { number: 80 }, bind: 'host' },
        { port: { number: 80 }, bind: 'unix:///a' },
        { port: { number: 0 }, bind: 'unix:///a', captureMode: 'IPTABLES' },
        { port: { number: 0 }, bind: '127.0.0.1' },
        { port: {}, bind: '' },
        { hosts: [] },
        { hosts: ['a.com'] },
        { hosts: ['a/b'] },
        { hosts: ['*/*foo.com'] },
        { hosts: ['*/1.2.3.4'] },
        { hosts: ['a_/b.com'] },
        { hosts: ['/b.com'] },
      ],
    },
    (listener: object) => ({ egress: [{ hosts: ['*/*'], ...listener }] }),
  );
});

describe('a Sidecar of an ingress listener', () => {
  itJudges(
    'Sidecar',
    {
      valid: [
        {},
        { defaultEndpoint: '' },
        { defaultEndpoint: ':80' },
        { defaultEndpoint: '[::1]:80' },
        { defaultEndpoint: '[::]:80' },
        { defaultEndpoint: '0.0.0.0:80' },
        { defaultEndpoint: 'unix:///a' },
        { defaultEndpoint: 'unix://@a' },
        { bind: '1.2.3.4' },
        {
          port: { number: 80, protocol: 'HTTPS' },
          tls: { mode: 'SIMPLE', serverCertificate: 'a', privateKey: 'b' },
        },
        { connectionPool: { http: { http2MaxRequests: 1 } } },
      ],
      warning: [
        { port: { number: 80, protocol: 'TCP' }, connectionPool: { http: { http2MaxRequests: 1 } } },
        { port: { number: 80 }, connectionPool: { http: { http2MaxRequests: 1 } } },
      ],
      invalid: [
        { defaultEndpoint: '1.2.3.4:80' },
        { defaultEndpoint: '127.0.0.1' },
        { defaultEndpoint: '127.0.0.1:a' },
        { defaultEndpoint: '127.0.0.1:70000' },
        { defaultEndpoint: '::1:80' },
        { defaultEndpoint: 'unix://a' },
        { bind: 'unix:///a' },
        { bind: 'host' },
        { port: { number: 0, protocol: 'HTTP' } },
        { port: { number: 80, protocol: 'HTTP', targetPort: 80 } },
        { tls: { mode: 'SIMPLE', serverCertificate: 'a', privateKey: 'b' } },
        {
          port: { number: 80, protocol: 'HTTPS' },
          tls: { mode: 'SIMPLE', serverCertificate: 'a', privateKey: 'b', subjectAltNames: ['a'] },
        },
        {
          port: { number: 80, protocol: 'HTTPS' },
          tls: { mode: 'SIMPLE', serverCertificate: 'a', privateKey: 'b', httpsRedirect: true },
        },
        { port: { number: 80, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialName: 'a' } },
        { port: { number: 80, protocol: 'HTTPS' }, tls: { mode: 'SIMPLE', credentialNames: ['a'] } },
        {
          port: { number: 80, protocol: 'HTTPS' },
          tls: { mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: 'a', privateKey: 'b' }] },
        },
        { port: { number: 80, protocol: 'HTTPS' }, tls: { mode: 'ISTIO_MUTUAL' } },
        { port: { number: 80, protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' } },
        {
          port: { number: 80, protocol: 'HTTPS' },
          tls: { mode: 'MUTUAL', serverCertificate: 'a', privateKey: 'b' },
        },
        { connectionPool: {} },
      ],
    },
    (listener: object) => ({
      ingress: [
        {
          port: { number: 80, protocol: 'HTTP', name: 'foo' },
          defaultEndpoint: '127.0.0.1:9999',
          ...listener,
        },
      ],
    }),
  );
});
