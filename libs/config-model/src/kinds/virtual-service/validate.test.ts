import { describe, expect, it } from 'vitest';
import { issuesOf } from '../issues-of.js';

const route = [{ destination: { host: 'reviews' } }];

function split(...weights: readonly number[]) {
  return {
    hosts: ['reviews'],
    http: [{ route: weights.map((weight) => ({ destination: { host: 'reviews' }, weight })) }],
  };
}

function http(...rules: readonly object[]) {
  return { hosts: ['reviews'], http: rules.map((rule) => ({ route, ...rule })) };
}

describe('a VirtualService', () => {
  it('is accepted with everything that a route can have', () => {
    expect(
      issuesOf('VirtualService', {
        hosts: ['reviews.shop.com', '*.api.shop.com'],
        gateways: ['shop/public', 'mesh'],
        exportTo: ['.', 'other'],
        http: [
          {
            name: 'beta',
            match: [
              {
                uri: { prefix: '/v1' },
                method: { exact: 'GET' },
                headers: { 'x-user': { regex: 'a.*' } },
                queryParams: { q: {} },
              },
            ],
            route: [
              { destination: { host: 'reviews', subset: 'v1', port: { number: 80 } }, weight: 90 },
              {
                destination: { host: 'reviews', subset: 'v2' },
                weight: 10,
                headers: { response: { set: { 'x-host': '%HOSTNAME%' } } },
              },
            ],
            timeout: '0s',
            retries: { attempts: 3, perTryTimeout: '2s', retryOn: '5xx,503' },
            fault: {
              delay: { fixedDelay: '1s', percentage: { value: 50 } },
              abort: { httpStatus: 503, percentage: { value: 1 } },
            },
            corsPolicy: { allowOrigins: [{ exact: 'https://a' }], allowMethods: ['GET'], maxAge: '24h' },
            mirror: { host: 'shadow' },
            mirrorPercentage: { value: 10 },
          },
          { route },
        ],
      }),
    ).toEqual([]);
  });

  it('may split by proportions, with a warning where they do not total 100', () => {
    expect(issuesOf('VirtualService', split(1, 2))).toEqual([
      'warning spec.http[0].route: the weights total 3, not 100; they are taken as proportions',
    ]);
    expect(issuesOf('VirtualService', split(90, 10))).toEqual([]);
  });

  it('must split 100 under compatibilityVersion 1.13', () => {
    expect(issuesOf('VirtualService', split(1, 2), { compatibilityVersion: '1.13' })).toEqual([
      'error spec.http[0].route: the weights total 3, not 100, which compatibilityVersion 1.13 requires',
    ]);
    expect(issuesOf('VirtualService', split(90, 10), { compatibilityVersion: '1.13' })).toEqual([]);
  });

  it.each<readonly [string, object]>([
    [
      'spec.hosts[1]: duplicate host: "*.com" overlaps "a.com"',
      { hosts: ['a.com', '*.com'], http: [{ route }] },
    ],
    [
      'spec.hosts[0]: "*" is for gateways only: sidecars need the hosts that are meant',
      { hosts: ['*'], http: [{ route }] },
    ],
    ['spec: needs http, tls or tcp routes', { hosts: ['a'] }],
    ['spec.http[0]: needs one of route, redirect, directResponse and delegate', { hosts: ['a'], http: [{}] }],
    ['spec.http[0]: only one of route, redirect may be set', http({ redirect: { uri: '/' } })],
    [
      'spec.http[0].route[0].destination.host: is required',
      { hosts: ['a'], http: [{ route: [{ destination: {} }] }] },
    ],
    [
      'spec.http[0].retries.retryOn: "5xy" is neither a retry condition nor a status code; did you mean "5xx"?',
      http({ retries: { attempts: 1, retryOn: '5xy' } }),
    ],
    [
      'spec.http[0].timeout: "5" is not a duration; write it like 2s, 0.5s, 100ms or 1h30m',
      http({ timeout: '5' }),
    ],
    [
      'spec.http[0].match[0].uri: only one of exact, prefix, regex may be set, not exact and prefix',
      http({ match: [{ uri: { exact: '/a', prefix: '/b' } }] }),
    ],
    [
      'spec.http[0].match[0].headers.x-a.regex: "(" is not a regular expression: a ")" is missing',
      http({ match: [{ headers: { 'x-a': { regex: '(' } } }] }),
    ],
    [
      'spec.http[0].fault.abort.percentage.value: 101 is not between 0 and 100',
      http({ fault: { abort: { httpStatus: 500, percentage: { value: 101 } } } }),
    ],
    [
      'spec.tls[0].match[0].sniHosts[0]: "b.com" is not covered by the hosts of the VirtualService',
      { hosts: ['a.com'], tls: [{ match: [{ sniHosts: ['b.com'] }], route }] },
    ],
    [
      'spec.gateways: is not allowed without hosts: a delegate takes it from its root',
      { gateways: ['g'], http: [{ route }] },
    ],
  ])('is refused: %s', (message, spec) => {
    expect(issuesOf('VirtualService', spec)).toContain(`error ${message}`);
  });

  it('warns of what is never reached', () => {
    expect(issuesOf('VirtualService', http({}, { match: [{ uri: { prefix: '/a' } }] }))).toEqual([
      'warning spec.http[1]: is never reached: an earlier route without match takes every request',
    ]);
    expect(
      issuesOf(
        'VirtualService',
        http({ match: [{ uri: { prefix: '/a' } }] }, { match: [{ uri: { prefix: '/ab' } }] }),
      ),
    ).toEqual([
      'warning spec.http[1].match[0]: is never reached: an earlier match takes every path that begins with "/a"',
    ]);
  });
});
