import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('an AuthorizationPolicy', () => {
  itJudges('AuthorizationPolicy', {
    valid: [
      {},
      { rules: [] },
      { action: 'DENY', rules: [{}] },
      { action: 'CUSTOM', provider: { name: 'a' }, rules: [{}] },
      {
        action: 'CUSTOM',
        provider: { name: 'a' },
        rules: [{ from: [{ source: { ipBlocks: ['1.1.1.1'] } }] }],
      },
      {
        action: 'CUSTOM',
        provider: { name: 'a' },
        rules: [{ when: [{ key: 'request.headers[a]', values: ['a'] }] }],
      },
      { action: 'DENY', rules: [{ to: [{ operation: { methods: ['GET'], ports: ['80'] } }] }] },
      { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['a'] } }] }] },
      { action: 'ALLOW', rules: [{ to: [{ operation: { methods: ['GET'] } }] }] },
    ],
    warning: [
      { action: 'DENY', rules: [{ to: [{ operation: { methods: ['GET'] } }] }] },
      { action: 'DENY', rules: [{ from: [{ source: { requestPrincipals: ['a'] } }] }] },
      {
        action: 'DENY',
        rules: [{ from: [{ source: { namespaces: ['a'] } }], to: [{ operation: { methods: ['GET'] } }] }],
      },
      { selector: {} },
    ],
    invalid: [
      { action: 'DENY' },
      { action: 'CUSTOM' },
      { action: 'CUSTOM', rules: [{}] },
      { action: 'CUSTOM', provider: { name: '' }, rules: [{}] },
      { action: 'CUSTOM', provider: { name: 'a' } },
      { action: 'ALLOW', provider: { name: 'a' }, rules: [{}] },
      { action: 'CUSTOM', provider: { name: 'a' }, rules: [{ from: [{ source: { namespaces: ['a'] } }] }] },
      {
        action: 'CUSTOM',
        provider: { name: 'a' },
        rules: [{ from: [{ source: { requestPrincipals: ['a'] } }] }],
      },
      {
        action: 'CUSTOM',
        provider: { name: 'a' },
        rules: [{ from: [{ source: { notServiceAccounts: ['a'] } }] }],
      },
      {
        action: 'CUSTOM',
        provider: { name: 'a' },
        rules: [{ when: [{ key: 'source.namespace', values: ['a'] }] }],
      },
      {
        action: 'CUSTOM',
        provider: { name: 'a' },
        rules: [{ when: [{ key: 'request.auth.claims[a]', values: ['a'] }] }],
      },
    ],
  });
});

describe('an AuthorizationPolicy of a rule', () => {
  itJudges(
    'AuthorizationPolicy',
    {
      valid: [
        { from: [{ source: { notRemoteIpBlocks: ['::1', '10.0.0.0/8'] } }] },
        { from: [{ source: { serviceAccounts: ['a', 'ns/b'] } }] },
        { to: [{ operation: { ports: ['0'] } }] },
        { when: [{ key: 'source.ip', notValues: ['1.1.1.1'] }] },
        { when: [{ key: 'destination.port', values: ['80'] }] },
        { when: [{ key: 'experimental.envoy.filters.a.b[c]', values: ['a'] }] },
        { when: [{ key: 'connection.sni', values: ['a'] }] },
        { when: [{ key: 'source.serviceAccount', values: ['ns/a'] }] },
      ],
      invalid: [
        { from: [] },
        { to: [] },
        { from: [{}] },
        { from: [{ source: {} }] },
        { to: [{}] },
        { to: [{ operation: {} }] },
        { from: [{ source: { principals: [''] } }] },
        { from: [{ source: { notNamespaces: [''] } }] },
        { from: [{ source: { ipBlocks: ['1.1.1.1/33'] } }] },
        { from: [{ source: { remoteIpBlocks: ['a'] } }] },
        { from: [{ source: { serviceAccounts: ['a'], namespaces: ['b'] } }] },
        { from: [{ source: { notServiceAccounts: ['a'], principals: ['b'] } }] },
        { from: [{ source: { serviceAccounts: ['a/b/c'] } }] },
        { from: [{ source: { serviceAccounts: [''] } }] },
        { from: [{ source: { serviceAccounts: ['/a'] } }] },
        { from: [{ source: { serviceAccounts: ['a/'] } }] },
        { from: [{ source: { serviceAccounts: ['*'] } }] },
        { to: [{ operation: { ports: ['a'] } }] },
        { to: [{ operation: { ports: ['65536'] } }] },
        { to: [{ operation: { notPorts: ['*'] } }] },
        { to: [{ operation: { methods: [''] } }] },
        { to: [{ operation: { notHosts: [''] } }] },
        { to: [{ operation: { paths: ['/a/{*}/b/*'] } }] },
        { to: [{ operation: { paths: ['/a/{**}/{foo}'] } }] },
        { when: [{ key: '', values: ['a'] }] },
        { when: [{ key: 'source.ip' }] },
        { when: [{ key: 'source.ip', values: ['a'] }] },
        { when: [{ key: 'destination.port', values: ['a'] }] },
        { when: [{ key: 'foo', values: ['a'] }] },
        { when: [{ key: 'destination.namespace', values: ['a'] }] },
        { when: [{ key: 'destination.labels[a]', values: ['a'] }] },
        { when: [{ key: 'destination.user', values: ['a'] }] },
        { when: [{ key: 'request.headers[]', values: ['a'] }] },
        { when: [{ key: 'request.headers', values: ['a'] }] },
        { when: [{ key: 'source.principal', values: [''] }] },
      ],
    },
    (rule: object) => ({ rules: [rule] }),
  );
});
