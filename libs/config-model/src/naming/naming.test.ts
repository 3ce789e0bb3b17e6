import { describe, expect, it } from 'vitest';
import { parseDurationMs } from './duration.js';
import { parseGeneratedSni, renderGeneratedSni } from './generated-sni.js';
import { hostIntersection, hostMatches, hostSubsetOf, mostSpecificHostMatch, sortHosts } from './host.js';
import { isCidr, isIpAddress } from './ip-address.js';
import { areLabels, labelsMatch, labelsSubsetOf, selectorMatches } from './labels.js';
import { selectProtocol } from './port-protocol.js';
import { resolveShortName, serviceOfHost } from './short-names.js';
import { parseTimestampMs } from './timestamp.js';
import { isVisibleFrom } from './visibility.js';

describe('hosts', () => {
  it('overlap where some name is covered by both', () => {
    expect(hostMatches('*.shop.com', 'a.shop.com')).toBe(true);
    expect(hostMatches('*.com', '*.shop.com')).toBe(true);
    expect(hostMatches('*.org', 'a.shop.com')).toBe(false);
  });

  it('are subsets only of what covers all of them', () => {
    expect(hostSubsetOf('*.shop.com', '*.com')).toBe(true);
    expect(hostSubsetOf('*.com', '*.shop.com')).toBe(false);
    expect(hostSubsetOf('*', 'a.com')).toBe(false);
  });

  it('intersect in the order of the first list', () => {
    expect(hostIntersection(['b.com', '*', 'x.org'], ['*.com', 'x.org'])).toEqual([
      'b.com',
      '*.com',
      'x.org',
    ]);
  });

  it('intersect in all that both cover, though one covers the other', () => {
    expect(hostIntersection(['*.com'], ['*', 'a.com'])).toEqual(['*.com', 'a.com']);
    expect(hostIntersection(['*', 'a.com'], ['a.com'])).toEqual(['a.com']);
  });

  it('sort exact names before wildcards and long before short', () => {
    expect(sortHosts(['*', 'a.com', '*.com', 'b.a.com'])).toEqual(['b.a.com', 'a.com', '*.com', '*']);
  });

  it('choose the most specific that covers a name', () => {
    expect(mostSpecificHostMatch('a.b.com', ['*', '*.com', '*.b.com'])).toBe('*.b.com');
    expect(mostSpecificHostMatch('a.b.com', ['*.org'])).toBeUndefined();
  });
});

describe('labels', () => {
  it('select by an empty selector nothing, although it is a subset of everything', () => {
    expect(labelsMatch({}, { app: 'a' })).toBe(false);
    expect(labelsSubsetOf({}, { app: 'a' })).toBe(true);
  });

  it('are not found on a prototype', () => {
    expect(labelsSubsetOf({ toString: 'x' }, {})).toBe(false);
  });

  it('match expressions, and tell a malformed one', () => {
    const expression = (operator: string, values: readonly string[]) => ({
      matchExpressions: [{ key: 'app', operator, values }],
    });
    expect(selectorMatches(expression('In', ['a', 'b']), { app: 'a' })).toBe(true);
    expect(selectorMatches(expression('NotIn', ['a']), {})).toBe(true);
    expect(selectorMatches(expression('Exists', []), {})).toBe(false);
    expect(selectorMatches(expression('DoesNotExist', []), {})).toBe(true);
    expect(selectorMatches(expression('In', []), {})).toBeUndefined();
    expect(selectorMatches(expression('Like', ['a']), {})).toBeUndefined();
  });

  it('have keys and values of Kubernetes’ form', () => {
    expect(areLabels({ 'app.kubernetes.io/name': 'shop', version: '' })).toBe(true);
    expect(areLabels({ 'App.io/-x': 'a' })).toBe(false);
    expect(areLabels({ a: 'x'.repeat(64) })).toBe(false);
  });
});

describe('the protocol of a port', () => {
  it('is that of appProtocol before the name before the number', () => {
    expect(selectProtocol({ port: 3306, name: 'http-web', appProtocol: 'grpc' })).toBe('GRPC');
    expect(selectProtocol({ port: 3306, name: 'http-web' })).toBe('HTTP');
    expect(selectProtocol({ port: 3306, name: 'web' })).toBe('TCP');
    expect(selectProtocol({ port: 80, name: 'web' })).toBe('Unsupported');
    expect(selectProtocol({ port: 80, name: 'x', appProtocol: 'kubernetes.io/h2c' })).toBe('HTTP2');
  });
});

describe('names', () => {
  it('in short are completed by namespace and domain', () => {
    expect(resolveShortName('reviews', 'shop', 'cluster.local')).toBe('reviews.shop.svc.cluster.local');
    expect(resolveShortName('reviews.other', 'shop', 'cluster.local')).toBe('reviews.other');
    expect(serviceOfHost('reviews.other.svc.cluster.local', 'shop')).toEqual({
      name: 'reviews',
      namespace: 'other',
    });
  });

  it('generated for SNI are read back', () => {
    const sni = {
      direction: 'outbound',
      port: 9080,
      subset: 'v1',
      host: 'reviews.shop.svc.cluster.local',
    } as const;
    expect(renderGeneratedSni(sni)).toBe('outbound_.9080_.v1_.reviews.shop.svc.cluster.local');
    expect(parseGeneratedSni(renderGeneratedSni(sni))).toEqual(sni);
    expect(parseGeneratedSni('outbound_.80_._.a.b')).toMatchObject({ subset: '', host: 'a.b' });
    expect(parseGeneratedSni('outbound_.port_._.a.b')).toBeUndefined();
  });
});

describe('visibility', () => {
  it('follows exportTo, else the default of the mesh, else everywhere', () => {
    expect(isVisibleFrom('a', { namespace: 'b', exportTo: undefined })).toBe(true);
    expect(isVisibleFrom('a', { namespace: 'b', exportTo: undefined, defaultExportTo: ['.'] })).toBe(false);
    expect(isVisibleFrom('b', { namespace: 'b', exportTo: ['.'] })).toBe(true);
    expect(isVisibleFrom('b', { namespace: 'b', exportTo: ['~'] })).toBe(false);
  });
});

describe('texts', () => {
  it.each([
    ['2s', 2_000],
    ['0.5s', 500],
    ['1h30m', 5_400_000],
    ['-1s', -1_000],
    ['100ms', 100],
    ['0', 0],
    ['2', undefined],
    ['', undefined],
    ['1d', undefined],
  ])('%s is a duration of %s ms', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each([
    '1970-01-01T00:00:00Z',
    '2026-02-28T23:59:59Z',
    '2024-02-29T12:00:00.5+02:00',
    '1999-12-31T00:00:00-08:00',
  ])('%s is the time that it says', (text) => {
    expect(parseTimestampMs(text)).toBe(Date.parse(text));
  });

  it('that are no times are told', () => {
    expect(parseTimestampMs('2026-13-01T00:00:00Z')).toBeUndefined();
    expect(parseTimestampMs('yesterday')).toBeUndefined();
  });

  it.each(['::1', '2001:db8::1', '::ffff:1.2.3.4', '1:2:3:4:5:6:7:8', '10.0.0.1'])(
    '%s is an address',
    (text) => {
      expect(isIpAddress(text)).toBe(true);
    },
  );

  it.each(['1:2:3:4:5:6:7:8:9', '::1::', '256.1.1.1', '1.2.3', ':::', '01.2.3.4', 'a::g'])(
    '%s is no address',
    (text) => {
      expect(isIpAddress(text)).toBe(false);
    },
  );

  it('of networks have as many bits as the address allows', () => {
    expect(isCidr('10.0.0.0/8') && isCidr('fd00::/64')).toBe(true);
    expect(isCidr('10.0.0.0/33') || isCidr('10.0.0.0')).toBe(false);
  });
});
