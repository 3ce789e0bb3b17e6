import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a Gateway', () => {
  itJudges('Gateway', {
    invalid: [
      {},
      {
        servers: [
          { hosts: ['a.com'], port: { name: 'a', number: 80, protocol: 'HTTP' } },
          { hosts: ['b.com'], port: { name: 'a', number: 81, protocol: 'HTTP' } },
        ],
      },
    ],
  });
});

describe('a Gateway of a server', () => {
  itJudges(
    'Gateway',
    {
      valid: [
        { hosts: ['*'] },
        { hosts: ['*.com'] },
        { hosts: ['ns/foo.com', './a.com', '*/b.com'] },
        { hosts: ['1.2.3.4'] },
        { hosts: ['ns/1.2.3.4'] },
        { port: { name: 'a', number: 80, protocol: 'http2' } },
        { port: { name: 'a', number: 80, protocol: 'mongo' } },
        { port: { name: 'a b!', number: 80, protocol: 'HTTP' } },
        { bind: '1.2.3.4' },
        { bind: '::' },
        { port: { name: 'a', number: 443, protocol: 'HTTP' }, tls: { httpsRedirect: true } },
        { port: { name: 'a', number: 443, protocol: 'TLS' }, tls: { mode: 'AUTO_PASSTHROUGH' } },
      ],
      invalid: [
        { hosts: [] },
        { hosts: ['foo'] },
        { hosts: ['*foo.com'] },
        { hosts: ['~/foo.com'] },
        { hosts: ['/foo.com'] },
        { hosts: ['ns/'] },
        { hosts: ['ns/foo'] },
        { hosts: ['n_s/foo.com'] },
        { hosts: ['foo.com.123'] },
        { port: { name: '', number: 80, protocol: 'HTTP' } },
        { port: { number: 80, protocol: 'HTTP' } },
        { port: { name: 'a', number: 0, protocol: 'HTTP' } },
        { port: { name: 'a', number: 80, protocol: 'FOO' } },
        { port: { name: 'a', number: 80, protocol: 'HTTP', targetPort: 8080 } },
        { bind: 'host' },
        { bind: 'unix:///a' },
        {
          port: { name: 'a', number: 443, protocol: 'HTTP' },
          tls: { mode: 'SIMPLE', serverCertificate: 'c', privateKey: 'k' },
        },
        { port: { name: 'a', number: 443, protocol: 'TCP' }, tls: { mode: 'PASSTHROUGH' } },
        { hosts: ['a.com'], port: { name: 'a', number: 443, protocol: 'HTTPS' } },
      ],
    },
    (server: object) => ({
      servers: [{ hosts: ['foo.bar.com'], port: { name: 'a', number: 80, protocol: 'HTTP' }, ...server }],
    }),
  );
});

describe('a Gateway of a server with TLS', () => {
  itJudges(
    'Gateway',
    {
      valid: [
        { mode: 'SIMPLE', serverCertificate: 'c', privateKey: 'k' },
        { mode: 'SIMPLE', credentialName: 'a' },
        { mode: 'SIMPLE', credentialNames: ['a'] },
        { mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: 'c', privateKey: 'k' }] },
        {
          mode: 'SIMPLE',
          tlsCertificates: [
            { serverCertificate: 'c', privateKey: 'k' },
            { serverCertificate: 'c', privateKey: 'k' },
          ],
        },
        { mode: 'SIMPLE', credentialName: 'a', caCrl: 'c' },
        { mode: 'MUTUAL', serverCertificate: 'c', privateKey: 'k', caCertificates: 'ca', caCrl: 'c' },
        { mode: 'MUTUAL', serverCertificate: 'c', privateKey: 'k', caCertificates: 'ca' },
        { mode: 'MUTUAL', credentialName: 'x' },
        { mode: 'OPTIONAL_MUTUAL', credentialName: 'x' },
        { mode: 'ISTIO_MUTUAL' },
        {
          serverCertificate: 'c',
          privateKey: 'k',
          mode: 'SIMPLE',
          cipherSuites: ['AES128-SHA', 'ALL', '+AES', ''],
        },
        {
          serverCertificate: 'c',
          privateKey: 'k',
          mode: 'SIMPLE',
          minProtocolVersion: 'TLSV1_1',
          cipherSuites: ['AES128-SHA'],
        },
      ],
      warning: [
        { mode: 'SIMPLE', serverCertificate: 'c', privateKey: 'k', httpsRedirect: true },
        { mode: 'PASSTHROUGH', credentialName: 'a' },
        { mode: 'PASSTHROUGH', caCertificates: 'a' },
        { mode: 'AUTO_PASSTHROUGH', serverCertificate: 'a', privateKey: 'b' },
        { mode: 'PASSTHROUGH', caCrl: 'x' },
        { serverCertificate: 'c', privateKey: 'k', mode: 'SIMPLE', cipherSuites: ['foo'] },
        {
          serverCertificate: 'c',
          privateKey: 'k',
          mode: 'SIMPLE',
          cipherSuites: ['AES128-SHA', 'AES128-SHA'],
        },
        { serverCertificate: 'c', privateKey: 'k', mode: 'SIMPLE', minProtocolVersion: 'TLSV1_0' },
      ],
      invalid: [
        { mode: 'SIMPLE' },
        { mode: 'SIMPLE', serverCertificate: 'a' },
        { mode: 'SIMPLE', privateKey: 'a' },
        { mode: 'SIMPLE', credentialName: 'a', credentialNames: ['a'] },
        { mode: 'SIMPLE', credentialName: 'a', serverCertificate: 'c', privateKey: 'k' },
        {
          mode: 'SIMPLE',
          credentialName: 'a',
          tlsCertificates: [{ serverCertificate: 'c', privateKey: 'k' }],
        },
        { mode: 'SIMPLE', tlsCertificates: [{ serverCertificate: 'a' }] },
        { mode: 'SIMPLE', serverCertificate: 'c', privateKey: 'k', caCrl: 'c' },
        { mode: 'MUTUAL', serverCertificate: 'c', privateKey: 'k' },
        { mode: 'MUTUAL', caCertificates: 'ca' },
        { mode: 'OPTIONAL_MUTUAL', serverCertificate: 'c', privateKey: 'k' },
        { mode: 'ISTIO_MUTUAL', credentialName: 'a' },
        { mode: 'ISTIO_MUTUAL', credentialNames: ['a'] },
        { mode: 'ISTIO_MUTUAL', serverCertificate: 'a' },
        { mode: 'ISTIO_MUTUAL', privateKey: 'a' },
        { mode: 'ISTIO_MUTUAL', caCertificates: 'a' },
        { mode: 'ISTIO_MUTUAL', tlsCertificates: [{ serverCertificate: 'c', privateKey: 'k' }] },
        { mode: 'PASSTHROUGH', credentialName: 'a', caCrl: 'x' },
      ],
    },
    (tls: object) => ({
      servers: [{ hosts: ['foo.bar.com'], port: { name: 'a', number: 443, protocol: 'HTTPS' }, tls }],
    }),
  );
});
