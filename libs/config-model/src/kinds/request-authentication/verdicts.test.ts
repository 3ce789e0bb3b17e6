import { describe } from 'vitest';
import { itJudges } from '../verdict.test-support.js';

describe('a RequestAuthentication', () => {
  itJudges('RequestAuthentication', {
    valid: [
      {},
      {
        targetRefs: [
          { kind: 'Service', group: 'core', name: 'a' },
          { kind: 'ServiceEntry', group: 'networking.istio.io', name: 'a' },
        ],
      },
      { targetRefs: [{ kind: 'Service', name: 'a' }] },
    ],
    invalid: [
      {
        selector: { matchLabels: { a: 'b' } },
        targetRef: { kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'a' },
      },
      { targetRef: { kind: 'Gateway', group: 'wrong', name: 'a' } },
      { targetRef: { kind: 'Gateway', group: 'gateway.networking.k8s.io', name: '' } },
      { targetRef: { kind: 'Gateway', group: 'gateway.networking.k8s.io', name: 'a', namespace: 'b' } },
    ],
  });
});

describe('a RequestAuthentication of a JWT rule', () => {
  itJudges(
    'RequestAuthentication',
    {
      valid: [
        { issuer: 'a' },
        { jwksUri: 'https://a/b' },
        { issuer: 'a', jwksUri: 'http://foo.com:80/x' },
        {
          issuer: 'a',
          jwks: '{"keys":[{"e":"AQAB","kid":"a","kty":"RSA","n":"yeNlzlub94YgerT030codqEztjfU_S6X4DbDA_iVKkjAWtYfPHDzz_sPCT1Axz6isZdf3lHpq_gYX4Sz-cbe4rjmigxUxr-FgKHQy3HeCdK6hNq9ASQvMK9LBOpXDNn7mei6RZWom4wo3CMvvsY1w8tjtfLb-yQwJPltHxShZq5-ihC9irpLI9xEBTgG12q5lGIFPhTl_7inA1PFK97LuSLnTJzW0bj096v_TMDg7pOWm_zHtF53qbVsI0e3v5nmdKXdFf9BjIARRfVrbxVxiZHjU6zL6jY5QJdh1QCmENoejj_ytspMmGW7yMRxzUqgxcAqOBpVm0b-_mW3HoBdjQ"}]}',
        },
        { issuer: 'a', fromHeaders: [{ name: 'a b' }] },
        { issuer: 'a', outputClaimToHeaders: [{ header: 'a_b', claim: 'c' }] },
        { issuer: 'a', outputClaimToHeaders: [{ header: 'a-b', claim: 'c' }] },
        { issuer: 'a', timeout: '1s' },
      ],
      invalid: [
        {},
        { issuer: 'a', audiences: [''] },
        { issuer: 'a', jwksUri: 'foo.com' },
        { issuer: 'a', jwksUri: 'ftp://foo.com' },
        { issuer: 'a', jwksUri: 'https://foo.com:abc/x' },
        { issuer: 'a', jwks: 'foo' },
        { issuer: 'a', fromHeaders: [{ name: '' }] },
        { issuer: 'a', fromParams: [''] },
        { issuer: 'a', fromCookies: [''] },
        { issuer: 'a', outputClaimToHeaders: [{ header: '', claim: 'a' }] },
        { issuer: 'a', outputClaimToHeaders: [{ header: 'a', claim: '' }] },
        { issuer: 'a', outputClaimToHeaders: [{ header: 'a@b', claim: 'c' }] },
        { issuer: 'a', timeout: '0s' },
      ],
    },
    (rule: object) => ({ jwtRules: [rule] }),
  );
});
