import type { RouteIr } from '@istio-ts/mesh-ir';
import { catalogCluster, catalogRoute, destinationIr, forwardIr, routeIr } from './ir.js';

const changes = {
  set: [{ name: 'x-version', value: '2' }],
  add: [{ name: 'x-seen', value: 'yes' }],
  remove: ['x-secret'],
  host: 'other',
};
const path = (kind: 'exact' | 'regex' | 'path-separated-prefix', value: string) =>
  ({ path: { kind, value }, ignoreCase: false, headers: [], query: [] }) as const;

/** Routes with every match, action and policy. */
export const everyRoute: readonly RouteIr[] = [
  routeIr({
    match: {
      path: { kind: 'prefix', value: '/items' },
      ignoreCase: true,
      headers: [
        { name: ':method', match: { kind: 'exact', value: 'GET' }, invert: false, ignoreCase: false },
        { name: 'x-user', match: { kind: 'regex', value: 'a.*' }, invert: true, ignoreCase: false },
        { name: 'x-there', match: { kind: 'present' }, invert: true, ignoreCase: false },
      ],
      query: [
        { name: 'v', match: { kind: 'exact', value: '2' } },
        { name: 'debug', match: { kind: 'present' } },
      ],
    },
    origin: catalogRoute,
    requestHeaders: changes,
    responseHeaders: { ...changes, host: undefined },
    fault: {
      delay: { fixedMs: 1500, percent: 0.5 },
      abort: { status: { kind: 'http', code: 503 }, percent: 100 },
    },
    cors: {
      allowOrigins: [
        { kind: 'exact', value: 'https://a.com' },
        { kind: 'regex', value: '.*' },
      ],
      allowMethods: ['GET'],
      allowHeaders: ['x-a'],
      exposeHeaders: ['x-b'],
      maxAgeSeconds: 60,
      allowCredentials: true,
      forwardUnmatchedPreflights: true,
    },
    action: forwardIr({
      rewrite: { path: '/', pathRegex: undefined, authority: 'catalog' },
      mirrors: [{ cluster: catalogCluster, percent: 12.5 }],
      hash: [
        { kind: 'header', name: 'x-user' },
        { kind: 'cookie', name: 'c', path: '/', ttlMs: 0 },
        { kind: 'source-ip' },
        { kind: 'query-parameter', name: 'u' },
      ],
      timeoutMs: 2500,
    }),
  }),
  routeIr({
    match: path('exact', '/weighted'),
    fault: { delay: undefined, abort: { status: { kind: 'grpc', code: 14 }, percent: 1 } },
    action: forwardIr({
      destinations: [
        destinationIr({ weight: 90, alpn: 'h2', requestHeaders: changes }),
        destinationIr({ weight: 10, alpn: 'own' }),
      ],
      rewrite: {
        path: undefined,
        pathRegex: { pattern: '^/a/(.*)$', substitution: '/\\1' },
        authority: undefined,
      },
      retry: {
        attempts: 3,
        conditions: '5xx,retriable-status-codes',
        statusCodes: [503],
        perTryTimeoutMs: 250,
        backoffMs: 25,
        hostSelectionAttempts: 5,
        avoidPreviousHosts: true,
        remoteLocalities: true,
      },
    }),
  }),
  routeIr({
    match: path('regex', '/(a|b)'),
    action: forwardIr({ destinations: [destinationIr({ alpn: 'downstream' })], retry: undefined }),
  }),
  routeIr({
    match: path('path-separated-prefix', '/api'),
    action: {
      kind: 'redirect',
      scheme: 'https',
      authority: 'shop.com',
      port: 8443,
      path: undefined,
      prefix: '/v2',
      code: 307,
    },
  }),
  routeIr({
    action: { kind: 'direct-response', status: 418, body: new TextEncoder().encode('short and stout') },
  }),
];
