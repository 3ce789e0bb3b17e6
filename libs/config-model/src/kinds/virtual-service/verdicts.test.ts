import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a VirtualService', () => {
  itJudges('VirtualService', {
    valid: [
      {
        hosts: ['foo.bar'],
        http: [
          {
            route: [{ destination: { host: 'foo.bar' } }],
            match: [{ headers: { '@request.auth.claims.a': { exact: 'a' } } }],
          },
        ],
        gateways: ['ns/gw'],
      },
      { hosts: ['a'], http: [{ redirect: { uri: '/' } }] },
      { hosts: ['a'], http: [{ redirect: { uri: '/', redirectCode: 399 } }] },
      { hosts: ['a'], http: [{ redirect: { port: 80 } }] },
      { hosts: ['a'], http: [{ redirect: { port: 0 } }] },
      { hosts: ['a'], http: [{ redirect: { derivePort: 'FROM_REQUEST_PORT' } }] },
      { hosts: ['a'], http: [{ redirect: { uri: '/' }, headers: { response: { set: { a: 'b' } } } }] },
      { hosts: ['a'], http: [{ directResponse: { status: 503 } }] },
      { hosts: ['a'], http: [{ directResponse: { status: 600 } }] },
      { hosts: ['a'], http: [{ directResponse: { status: 503, body: { string: 'a'.repeat(102400) } } }] },
      { hosts: ['*'], gateways: ['gw'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['1.2.3.4', '2001:db8::1'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['123'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a.'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['*-a.com'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a'], http: [{ delegate: { name: 'x', namespace: 'y' } }] },
      { http: [{ route: [{ destination: { host: 'foo.bar' } }], match: [{ uri: { regex: 'a' } }] }] },
      { http: [{ route: [{ destination: { host: 'foo.bar' } }], match: [{ uri: { prefix: '/a' } }] }] },
      {
        hosts: ['a.com'],
        tls: [{ match: [{ sniHosts: ['a.com'] }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      {
        hosts: ['*.com'],
        tls: [{ match: [{ sniHosts: ['a.com'] }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      { hosts: ['a.com'], tcp: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      {
        hosts: ['a.com'],
        tcp: [
          {
            match: [{ destinationSubnets: ['1.2.3.4/8', '::1/64'] }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
      {
        hosts: ['a.com'],
        tcp: [{ match: [{ sourceSubnet: 'x' }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      {
        hosts: ['a.com'],
        http: [
          { match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'foo.bar' } }] },
          { route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          { match: [{ uri: { prefix: '/a' }, port: 80 }], route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ uri: { prefix: '/ab' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, method: { exact: 'POST' } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          { match: [{ uri: { prefix: '/ab' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, headers: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          { match: [{ uri: { prefix: '/ab' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, headers: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          {
            match: [{ uri: { prefix: '/ab' }, headers: { x: { exact: '2' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
      {
        hosts: ['foo.bar'],
        http: [{ route: [{ destination: { host: 'foo.bar' } }] }],
        exportTo: ['.', 'other'],
      },
    ],
    warning: [
      { hosts: ['a'], http: [{ directResponse: { status: 503, body: { string: 'a'.repeat(103424) } } }] },
      {
        hosts: ['foo.bar'],
        http: [{ route: [{ destination: { host: 'foo.bar' } }] }],
        gateways: ['a.b.svc.cluster.local'],
      },
      {
        hosts: ['1.2.3.4'],
        tls: [{ match: [{ sniHosts: ['1.2.3.4'] }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      {
        hosts: ['a.com'],
        tcp: [
          { route: [{ destination: { host: 'foo.bar' } }] },
          { route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        tcp: [
          { match: [{ port: 1 }], route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ port: 1 }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        tls: [
          { match: [{ sniHosts: ['a.com'] }], route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ sniHosts: ['a.com'] }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          { route: [{ destination: { host: 'foo.bar' } }] },
          { route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          { route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          { match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ uri: { prefix: '/' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          { match: [{ uri: { prefix: '/a' } }], route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ uri: { prefix: '/ab' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          { match: [{ uri: { prefix: '/a' }, port: 80 }], route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ uri: { prefix: '/ab' }, port: 80 }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, method: { exact: 'GET' } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          { match: [{ uri: { prefix: '/ab' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, headers: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          {
            match: [{ uri: { prefix: '/ab' }, headers: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, headers: { x: { exact: '12' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          {
            match: [{ uri: { prefix: '/ab' }, headers: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, queryParams: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          {
            match: [{ uri: { prefix: '/ab' }, queryParams: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, withoutHeaders: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          {
            match: [{ uri: { prefix: '/ab' }, withoutHeaders: { x: { exact: '1' } } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' }, authority: { exact: 'b' } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
          { match: [{ uri: { prefix: '/ab' } }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          { match: [{ uri: { prefix: '/a' }, name: 'n1' }], route: [{ destination: { host: 'foo.bar' } }] },
          { match: [{ uri: { prefix: '/a' }, name: 'n2' }], route: [{ destination: { host: 'foo.bar' } }] },
        ],
      },
      {
        hosts: ['a.com'],
        http: [
          {
            match: [{ uri: { prefix: '/a' } }, { uri: { prefix: '/ab' } }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
    ],
    invalid: [
      {
        hosts: ['foo.bar'],
        http: [
          {
            route: [{ destination: { host: 'foo.bar' } }],
            match: [{ headers: { '@request.auth.claims.a': { exact: 'a' } } }],
          },
        ],
        gateways: ['ns/gw', 'mesh'],
      },
      {
        hosts: ['foo.bar'],
        http: [
          {
            route: [{ destination: { host: 'foo.bar' } }],
            match: [{ headers: { '@request.auth.claims': { exact: 'a' } } }],
          },
        ],
        gateways: ['ns/gw'],
      },
      { hosts: ['a'], http: [{ redirect: {} }] },
      { hosts: ['a'], http: [{ redirect: { redirectCode: 301 } }] },
      { hosts: ['a'], http: [{ redirect: { uri: '/', redirectCode: 299 } }] },
      { hosts: ['a'], http: [{ redirect: { scheme: 'ftp' } }] },
      { hosts: ['a'], http: [{ redirect: { port: 70000 } }] },
      { hosts: ['a'], http: [{ redirect: { uri: '/' }, route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a'], http: [{ redirect: { uri: '/' }, fault: { abort: { httpStatus: 500 } } }] },
      { hosts: ['a'], http: [{ redirect: { uri: '/' }, rewrite: { uri: '/' } }] },
      { hosts: ['a'], http: [{ directResponse: { status: 199 } }] },
      { hosts: ['a'], http: [{ directResponse: { status: 503, body: { string: 'a'.repeat(1048577) } } }] },
      {
        hosts: ['a'],
        http: [{ directResponse: { status: 503 }, route: [{ destination: { host: 'foo.bar' } }] }],
      },
      { hosts: ['a'], http: [{ directResponse: { status: 503 }, fault: { abort: { httpStatus: 500 } } }] },
      { hosts: ['a'], http: [{ directResponse: { status: 503 }, rewrite: { uri: '/' } }] },
      { hosts: ['a'], http: [{ directResponse: { status: 503 }, redirect: { uri: '/' } }] },
      {
        hosts: ['foo.bar'],
        http: [{ route: [{ destination: { host: 'foo.bar' } }] }],
        gateways: ['b_', 'c'],
      },
      { hosts: ['*'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['*'], gateways: ['gw', 'mesh'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a.com', 'a.com'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['*.com', 'a.com'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['.a'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['-a'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['foo.bar.123'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a'.repeat(64) + '.com'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a.*.com'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a'] },
      { hosts: ['a'], http: [{}] },
      {},
      { hosts: ['a'], http: [{ delegate: { name: 'x' }, route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a'], http: [{ delegate: { name: 'x' }, redirect: { uri: '/' } }] },
      { http: [{ delegate: { name: 'x' } }] },
      { http: [{ route: [{ destination: { host: 'foo.bar' } }] }], gateways: ['g'] },
      { http: [{ route: [{ destination: { host: 'foo.bar' } }], delegate: { name: 'x' } }] },
      {
        hosts: ['a.com'],
        tls: [{ match: [{ sniHosts: ['*.com'] }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      {
        hosts: ['a.com'],
        tls: [{ match: [{ sniHosts: [] }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      { hosts: ['a.com'], tls: [{ match: [], route: [{ destination: { host: 'foo.bar' } }] }] },
      { hosts: ['a.com'], tls: [{ match: [{ sniHosts: ['a.com'] }] }] },
      {
        hosts: ['a.com'],
        tls: [
          {
            match: [{ sniHosts: ['a.com'], destinationSubnets: ['1.2.3.4/33'] }],
            route: [{ destination: { host: 'foo.bar' } }],
          },
        ],
      },
      { hosts: ['a.com'], tcp: [{}] },
      {
        hosts: ['a.com'],
        tcp: [{ match: [{ port: 70000 }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      {
        hosts: ['a.com'],
        tcp: [{ match: [{ gateways: ['a/b/c'] }], route: [{ destination: { host: 'foo.bar' } }] }],
      },
      {
        hosts: ['foo.bar'],
        http: [{ route: [{ destination: { host: 'foo.bar' } }] }],
        exportTo: ['.', 'default'],
      },
      {
        hosts: ['foo.bar'],
        http: [{ route: [{ destination: { host: 'foo.bar' } }] }],
        exportTo: ['default', '.'],
      },
      { hosts: ['foo.bar'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }], exportTo: ['*', 'a'] },
      { hosts: ['foo.bar'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }], exportTo: ['~'] },
      { hosts: ['foo.bar'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }], exportTo: ['a', 'a'] },
      { hosts: ['foo.bar'], http: [{ route: [{ destination: { host: 'foo.bar' } }] }], exportTo: ['a_'] },
    ],
  });
});
