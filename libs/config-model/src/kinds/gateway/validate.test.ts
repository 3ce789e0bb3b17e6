import { describe, expect, it } from 'vitest';
import { issuesOf } from '../issues-of.js';

function server(fields: object) {
  return {
    servers: [
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: ['a.com'],
        tls: { mode: 'SIMPLE', credentialName: 'c' },
        ...fields,
      },
    ],
  };
}

describe('a Gateway', () => {
  it.each<readonly [string, object]>([
    ['redirects', { port: { number: 80, name: 'http', protocol: 'HTTP' }, tls: { httpsRedirect: true } }],
    ['serves all hosts', { hosts: ['*'] }],
    ['serves hosts of namespaces', { hosts: ['shop/*.a.com', './b.com', '*/c.com'] }],
    ['passes TLS through', { tls: { mode: 'PASSTHROUGH' } }],
    ['takes mutual TLS', { tls: { mode: 'MUTUAL', credentialName: 'c' } }],
  ])('%s', (_what, fields) => {
    expect(issuesOf('Gateway', { selector: { istio: 'ingressgateway' }, ...server(fields) })).toEqual([]);
  });

  it.each<readonly [string, object]>([
    ['spec.servers: a Gateway needs at least one server', {}],
    [
      'spec.servers[0].tls: a server of protocol HTTPS must have TLS settings',
      { servers: [{ port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['a'] }] },
    ],
    [
      'spec.servers[0].port.protocol: "HTTPX" is not a protocol; did you mean "HTTP"?',
      server({ port: { number: 80, name: 'x', protocol: 'HTTPX' } }),
    ],
    [
      'spec.servers[0].hosts[0]: the partial wildcard "*a.com" is not allowed; use "*." or "*"',
      server({ hosts: ['*a.com'] }),
    ],
    [
      'spec.servers[0].tls.privateKey: SIMPLE TLS requires a private key',
      server({ tls: { mode: 'SIMPLE', serverCertificate: '/c' } }),
    ],
    [
      'spec.servers[0].tls.caCertificates: MUTUAL TLS requires a client CA bundle',
      server({ tls: { mode: 'MUTUAL', serverCertificate: '/c', privateKey: '/k' } }),
    ],
    ['spec.servers[0].port.name: is required', server({ port: { number: 80, protocol: 'HTTP' } })],
  ])('is refused: %s', (message, spec) => {
    expect(issuesOf('Gateway', spec)).toContain(`error ${message}`);
  });
});
