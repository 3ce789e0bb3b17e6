import type { RouteActionIr, RouteIr } from '@istio-ts/mesh-ir';
import { core, cors, durationFromMs, fault, route, type type as envoyType } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { emittedRoutes, unpacked } from '../testing/emitted.js';
import {
  catalogCluster,
  catalogRoute,
  destinationIr,
  forwardIr,
  routeConfigIr,
  routeIr,
  virtualHostIr,
} from '../testing/ir.js';

function emittedRoute(fields: Partial<RouteIr> = {}): route.Route {
  const [message] =
    emittedRoutes(routeConfigIr([virtualHostIr('catalog', [routeIr(fields)])])).virtualHosts[0]?.routes ?? [];
  if (message === undefined) throw new Error('a route is emitted');
  return message;
}

function forwarded(fields: Parameters<typeof forwardIr>[0], more: Partial<RouteIr> = {}): route.RouteAction {
  const { action } = emittedRoute({ ...more, action: forwardIr(fields) });
  if (action?.$case !== 'route') throw new Error('a route action is emitted');
  return action.value;
}

const million = 2 satisfies envoyType.FractionalPercent_DenominatorType;

describe('a route configuration', () => {
  it('holds virtual hosts by name, the catch-all last, and ignores ports in hosts', () => {
    const message = emittedRoutes(routeConfigIr([virtualHostIr('b'), virtualHostIr('a')]));
    expect(message).toMatchObject({
      name: '80',
      validateClusters: false,
      ignorePortInHostMatching: true,
      maxDirectResponseBodySizeBytes: 1_048_576,
    });
    expect(message.virtualHosts.map(({ name }) => name)).toEqual(['a:80', 'b:80', 'allow_any']);
    expect(message.virtualHosts.every(({ includeRequestAttemptCount }) => includeRequestAttemptCount)).toBe(
      true,
    );
  });

  it('heeds ports in hosts where one table serves all ports', () => {
    expect(emittedRoutes(routeConfigIr([], { name: 'http_proxy' })).ignorePortInHostMatching).toBe(false);
  });

  it('ends in passing on, in refusing, in nothing found, or not at all', () => {
    const hosts = (catchAll: Parameters<typeof routeConfigIr>[1]) =>
      emittedRoutes(routeConfigIr([], catchAll)).virtualHosts;
    expect(hosts({ catchAll: { kind: 'allow-any' } })).toMatchObject([
      {
        name: 'allow_any',
        domains: ['*'],
        routes: [
          {
            name: 'allow_any',
            action: {
              value: { clusterSpecifier: { value: 'PassthroughCluster' }, timeout: durationFromMs(0) },
            },
          },
        ],
      },
    ]);
    expect(hosts({ catchAll: { kind: 'block-all' } })).toMatchObject([
      { name: 'block_all', routes: [{ action: { $case: 'directResponse', value: { status: 502 } } }] },
    ]);
    expect(hosts({ catchAll: { kind: 'black-hole', port: 8080 } })).toMatchObject([
      { name: 'blackhole:8080', domains: ['*'], routes: [] },
    ]);
    expect(hosts({ catchAll: { kind: 'none' } })).toEqual([]);
  });

  it('redirects a host to HTTPS where its server says so', () => {
    const host = { ...virtualHostIr('secure', []), requireTls: true };
    expect(emittedRoutes(routeConfigIr([host])).virtualHosts[0]?.requireTls).toBe(
      route.VirtualHost_TlsRequirementType.ALL,
    );
  });
});

describe('a default route', () => {
  it('has no limit of time and Istio’s retries', () => {
    const message = emittedRoute();
    expect(message).toMatchObject({
      name: 'default',
      match: { pathSpecifier: { $case: 'prefix', value: '/' } },
      decorator: { operation: 'catalog.shop.svc.cluster.local:80/*' },
    });
    expect(message.metadata).toBeUndefined();
    expect(message.action?.value).toMatchObject({
      clusterSpecifier: { $case: 'cluster', value: catalogCluster },
      timeout: durationFromMs(0),
      maxGrpcTimeout: durationFromMs(0),
      retryPolicy: {
        retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
        numRetries: 2,
        hostSelectionRetryMaxAttempts: 5,
        retryHostPredicate: [{ name: 'envoy.retry_host_predicates.previous_hosts' }],
      },
    });
  });

  it('names the VirtualService that it comes from', () => {
    expect(emittedRoute({ origin: catalogRoute }).metadata?.filterMetadata['istio']).toEqual({
      config: '/apis/networking.istio.io/v1/namespaces/shop/virtual-service/catalog',
    });
  });
});

describe('a route matches', () => {
  const match = (fields: Partial<RouteIr['match']>) =>
    emittedRoute({
      match: { path: { kind: 'prefix', value: '/' }, ignoreCase: false, headers: [], query: [], ...fields },
    }).match;

  it.each([
    ['prefix', { $case: 'prefix', value: '/a' }],
    ['exact', { $case: 'path', value: '/a' }],
    ['path-separated-prefix', { $case: 'pathSeparatedPrefix', value: '/a' }],
    ['regex', { $case: 'safeRegex', value: { regex: '/a' } }],
  ] as const)('paths by %s', (kind, expected) => {
    expect(match({ path: { kind, value: '/a' } })?.pathSpecifier).toMatchObject(expected);
  });

  it('paths without regard to case where asked', () => {
    expect(match({ ignoreCase: true })?.caseSensitive).toBe(false);
  });

  it('headers by text, or by being there; the inverse also where a header is missing', () => {
    const header = { name: 'x-user', invert: true, ignoreCase: false };
    const headers = match({
      headers: [
        { ...header, match: { kind: 'exact', value: 'bob' } },
        { ...header, match: { kind: 'present' } },
        { ...header, match: { kind: 'suffix', value: 'b' }, invert: false, ignoreCase: true },
      ],
    })?.headers;
    expect(headers).toMatchObject([
      { invertMatch: true, treatMissingHeaderAsEmpty: true, headerMatchSpecifier: { $case: 'stringMatch' } },
      {
        invertMatch: true,
        treatMissingHeaderAsEmpty: false,
        headerMatchSpecifier: { $case: 'presentMatch' },
      },
      {
        invertMatch: false,
        treatMissingHeaderAsEmpty: false,
        headerMatchSpecifier: { value: { matchPattern: { $case: 'suffix', value: 'b' }, ignoreCase: true } },
      },
    ]);
  });

  it('query parameters', () => {
    const query = [{ name: 'v', match: { kind: 'exact', value: '2' } } as const];
    expect(match({ query })?.queryParameters).toMatchObject([
      {
        name: 'v',
        queryParameterMatchSpecifier: { value: { matchPattern: { $case: 'exact', value: '2' } } },
      },
    ]);
  });
});

describe('a route forwards', () => {
  it('by weight, each destination with its own header changes', () => {
    const changes = {
      set: [{ name: 'a', value: '1' }],
      add: [{ name: 'b', value: '2' }],
      remove: ['c'],
      host: 'h',
    };
    const { clusterSpecifier } = forwarded({
      destinations: [
        destinationIr({ cluster: 'one', weight: 90 }),
        destinationIr({ cluster: 'two', weight: 10, requestHeaders: changes }),
      ],
    });
    const { OVERWRITE_IF_EXISTS_OR_ADD, APPEND_IF_EXISTS_OR_ADD } = core.HeaderValueOption_HeaderAppendAction;
    expect(clusterSpecifier).toMatchObject({
      value: {
        clusters: [
          { name: 'one', weight: 90 },
          {
            name: 'two',
            weight: 10,
            requestHeadersToAdd: [
              { header: { key: 'a', value: '1' }, appendAction: OVERWRITE_IF_EXISTS_OR_ADD },
              { header: { key: 'b', value: '2' }, appendAction: APPEND_IF_EXISTS_OR_ADD },
            ],
            requestHeadersToRemove: ['c'],
            hostRewriteSpecifier: { value: 'h' },
          },
        ],
      },
    });
  });

  it('keeps header changes of a single destination', () => {
    const responseHeaders = { set: [], add: [], remove: ['server'], host: undefined };
    const { clusterSpecifier } = forwarded({ destinations: [destinationIr({ responseHeaders })] });
    expect(clusterSpecifier).toMatchObject({
      $case: 'weightedClusters',
      value: { clusters: [{ name: catalogCluster, responseHeadersToRemove: ['server'] }] },
    });
  });

  it('under a new host: the rewrite’s, else what a change of the header Host says', () => {
    const requestHeaders = { set: [], add: [], remove: [], host: 'from-header' };
    const rewrite = { path: '/v2', pathRegex: undefined, authority: 'from-rewrite' };
    expect(forwarded({}, { requestHeaders }).hostRewriteSpecifier?.value).toBe('from-header');
    expect(forwarded({ rewrite }, { requestHeaders })).toMatchObject({
      hostRewriteSpecifier: { value: 'from-rewrite' },
      prefixRewrite: '/v2',
    });
    const destinations = [destinationIr({ requestHeaders })];
    expect(forwarded({ destinations })).toMatchObject({
      clusterSpecifier: { $case: 'cluster' },
      hostRewriteSpecifier: { value: 'from-header' },
    });
  });

  it('within a time, retrying as told, no more than asked', () => {
    const retry = {
      attempts: 3,
      conditions: '5xx,retriable-status-codes',
      statusCodes: [503],
      perTryTimeoutMs: 250,
      backoffMs: 25,
      hostSelectionAttempts: 5,
      avoidPreviousHosts: false,
      remoteLocalities: true,
    };
    expect(forwarded({ timeoutMs: 1500, retry })).toMatchObject({
      timeout: durationFromMs(1500),
      maxGrpcTimeout: durationFromMs(1500),
      retryPolicy: {
        numRetries: 3,
        retriableStatusCodes: [503],
        perTryTimeout: durationFromMs(250),
        retryBackOff: { baseInterval: durationFromMs(25) },
        retryHostPredicate: [],
        retryPriority: { name: 'envoy.retry_priorities.previous_priorities' },
      },
    });
    expect(forwarded({ retry: undefined }).retryPolicy).toBeUndefined();
  });

  it('copies to mirrors in parts per million, and hashes by what the rule names', () => {
    const action = forwarded({
      mirrors: [{ cluster: 'shadow', percent: 12.5 }],
      hash: [{ kind: 'cookie', name: 'user', path: '/', ttlMs: 0 }, { kind: 'source-ip' }],
    });
    expect(action.requestMirrorPolicies).toMatchObject([
      {
        cluster: 'shadow',
        runtimeFraction: { defaultValue: { numerator: 125_000, denominator: million } },
        traceSampled: false,
      },
    ]);
    expect(action.hashPolicy).toMatchObject([
      { policySpecifier: { $case: 'cookie', value: { name: 'user', ttl: durationFromMs(0) } } },
      { policySpecifier: { $case: 'connectionProperties', value: { sourceIp: true } } },
    ]);
  });
});

describe('a route answers itself', () => {
  const actionOf = (action: RouteActionIr) => emittedRoute({ action }).action;

  it('with a redirect', () => {
    const redirect = {
      kind: 'redirect',
      scheme: 'https',
      authority: 'shop.com',
      port: 8443,
      path: '/new',
      prefix: undefined,
      code: 308,
    } as const;
    expect(actionOf(redirect)).toMatchObject({
      $case: 'redirect',
      value: {
        schemeRewriteSpecifier: { $case: 'schemeRedirect', value: 'https' },
        hostRedirect: 'shop.com',
        portRedirect: 8443,
        pathRewriteSpecifier: { $case: 'pathRedirect', value: '/new' },
        responseCode: route.RedirectAction_RedirectResponseCode.PERMANENT_REDIRECT,
      },
    });
  });

  it('with a response', () => {
    const body = new TextEncoder().encode('short and stout');
    expect(actionOf({ kind: 'direct-response', status: 418, body })).toMatchObject({
      value: { status: 418, body: { specifier: { $case: 'inlineBytes' } } },
    });
  });
});

describe('a route configures filters', () => {
  it('faults in parts per million', () => {
    const message = emittedRoute({
      fault: {
        delay: { fixedMs: 1500, percent: 0.5 },
        abort: { status: { kind: 'grpc', code: 14 }, percent: 100 },
      },
    });
    expect(unpacked(message.typedPerFilterConfig['envoy.filters.http.fault'], fault.HTTPFault)).toMatchObject(
      {
        delay: {
          faultDelaySecifier: { value: durationFromMs(1500) },
          percentage: { numerator: 5000, denominator: million },
        },
        abort: { errorType: { $case: 'grpcStatus', value: 14 }, percentage: { numerator: 1_000_000 } },
      },
    );
  });

  it('CORS for all requests', () => {
    const message = emittedRoute({
      cors: {
        allowOrigins: [{ kind: 'exact', value: 'https://a.com' }],
        allowMethods: ['GET', 'POST'],
        allowHeaders: ['x-a'],
        exposeHeaders: [],
        maxAgeSeconds: 86_400,
        allowCredentials: false,
        forwardUnmatchedPreflights: true,
      },
    });
    expect(unpacked(message.typedPerFilterConfig['envoy.filters.http.cors'], cors.CorsPolicy)).toMatchObject({
      allowOriginStringMatch: [{ matchPattern: { $case: 'exact', value: 'https://a.com' } }],
      allowMethods: 'GET,POST',
      allowHeaders: 'x-a',
      maxAge: '86400',
      allowCredentials: false,
      filterEnabled: { defaultValue: { numerator: 1_000_000, denominator: million } },
      forwardNotMatchingPreflights: true,
    });
  });
});
