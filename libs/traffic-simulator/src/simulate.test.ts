import { cluster, core, hcm, listener, route, tcpProxy, tls } from '@istio-ts/xds-types';
import { expect, test } from 'vitest';
import { createCall, type ProxyXds } from './call.js';
import { checkInvariants } from './check-invariants.js';
import { simulate } from './simulate.js';

const hcmType =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';
const tcpType = 'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy';
const tlsType = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext';

type Match = Partial<listener.FilterChainMatch>;

function httpChain(name: string, match: Match, routeConfigName = '80'): listener.FilterChain {
  const config = hcm.HttpConnectionManager.fromPartial({
    routeSpecifier: { $case: 'rds', value: { routeConfigName } },
  });
  return chain(name, match, hcmType, hcm.HttpConnectionManager.encode(config).finish());
}

function tcpChain(name: string, match: Match, to: string): listener.FilterChain {
  const config = tcpProxy.TcpProxy.fromPartial({ clusterSpecifier: { $case: 'cluster', value: to } });
  return chain(name, match, tcpType, tcpProxy.TcpProxy.encode(config).finish());
}

function chain(
  name: string,
  filterChainMatch: Match,
  typeUrl: string,
  value: Uint8Array,
): listener.FilterChain {
  const filters = [{ name, configType: { $case: 'typedConfig', value: { typeUrl, value } } as const }];
  return listener.FilterChain.fromPartial({ name, filterChainMatch, filters });
}

function withMtls(plain: listener.FilterChain): listener.FilterChain {
  const context = tls.DownstreamTlsContext.fromPartial({
    requireClientCertificate: true,
    commonTlsContext: { tlsCertificateSdsSecretConfigs: [{ name: 'default' }] },
  });
  const value = { typeUrl: tlsType, value: tls.DownstreamTlsContext.encode(context).finish() };
  return {
    ...plain,
    transportSocket: { name: 'envoy.transport_sockets.tls', configType: { $case: 'typedConfig', value } },
  };
}

function socket(
  name: string,
  address: string,
  port: number,
  rest: Partial<listener.Listener>,
): listener.Listener {
  const portSpecifier = { $case: 'portValue', value: port } as const;
  const value = core.SocketAddress.fromPartial({ address, portSpecifier });
  const at = { address: { $case: 'socketAddress', value } as const };
  return { ...listener.Listener.fromPartial({ name, address: at }), ...rest };
}

const inspectors = ['tls_inspector', 'http_inspector'].map((name) =>
  listener.ListenerFilter.fromPartial({ name: `envoy.filters.listener.${name}` }),
);

const routes = new Map([
  [
    '80',
    route.RouteConfiguration.fromPartial({
      name: '80',
      ignorePortInHostMatching: true,
      virtualHosts: [
        {
          name: 'exact',
          domains: ['a.example.com'],
          routes: [toCluster('/api', 'api'), toCluster('/', 'web')],
        },
        { name: 'suffix', domains: ['*.example.com'], routes: [toCluster('/', 'suffix')] },
        { name: 'any', domains: ['*'], routes: [] },
      ],
    }),
  ],
]);

function toCluster(prefix: string, name: string): Parameters<typeof route.Route.fromPartial>[0] {
  return {
    name: prefix,
    match: { pathSpecifier: { $case: 'prefix', value: prefix } },
    action: { $case: 'route', value: { clusterSpecifier: { $case: 'cluster', value: name } } },
  };
}

function proxy(listeners: readonly listener.Listener[]): ProxyXds {
  return { listeners, routes, clusters: [] };
}

test('a request takes the exact domain before the suffix, and the first route that fits', () => {
  const xds = proxy([socket('0.0.0.0_80', '0.0.0.0', 80, { filterChains: [httpChain('http', {})] })]);
  const call = createCall({ port: 80, protocol: 'http', host: 'a.example.com:80', path: '/api/items?x=1' });
  expect(simulate(xds, call)).toMatchObject({
    vhost: 'exact',
    route: '/api',
    cluster: 'api',
    error: undefined,
  });
  expect(simulate(xds, { ...call, host: 'b.example.com' })).toMatchObject({
    vhost: 'suffix',
    cluster: 'suffix',
  });
  expect(simulate(xds, { ...call, host: 'other.org' })).toMatchObject({ vhost: 'any', error: 'noRoute' });
});

test('the listener of the address wins over the wildcard, which wins over virtualOutbound', () => {
  const xds = proxy([
    socket('0.0.0.0_80', '0.0.0.0', 80, { filterChains: [tcpChain('wildcard', {}, 'wildcard')] }),
    socket('10.0.0.1_80', '10.0.0.1', 80, { filterChains: [tcpChain('own', {}, 'own')] }),
    socket('virtualOutbound', '0.0.0.0', 15001, { filterChains: [tcpChain('rest', {}, 'rest')] }),
  ]);
  expect(simulate(xds, createCall({ port: 80, address: '10.0.0.1' })).cluster).toBe('own');
  expect(simulate(xds, createCall({ port: 80, address: '10.0.0.2' })).cluster).toBe('wildcard');
  expect(simulate(xds, createCall({ port: 81 })).cluster).toBe('rest');
  expect(simulate(proxy([]), createCall({ port: 81 })).error).toBe('noListener');
});

test('an empty match takes a connection only while no other chain fits the criterion', () => {
  const inbound = socket('virtualInbound', '0.0.0.0', 15006, {
    listenerFilters: inspectors,
    filterChains: [
      withMtls(
        httpChain('mtls', {
          destinationPort: 80,
          transportProtocol: 'tls',
          applicationProtocols: ['istio-http/1.1'],
        }),
      ),
      httpChain('plain', { destinationPort: 80, transportProtocol: 'raw_buffer' }),
      tcpChain('rest', { transportProtocol: 'raw_buffer' }, 'rest'),
    ],
  });
  const call = createCall({ port: 80, mode: 'inbound', protocol: 'http', host: 'a.example.com' });
  expect(simulate(proxy([inbound]), call)).toMatchObject({ chain: 'plain', cluster: 'web' });
  const mutual = createCall({
    port: 80,
    mode: 'inbound',
    protocol: 'http',
    host: 'a.example.com',
    tls: 'mtls',
  });
  expect(simulate(proxy([inbound]), mutual)).toMatchObject({ chain: 'mtls', cluster: 'web' });
  expect(simulate(proxy([inbound]), { ...mutual, alpn: 'h2' }).error).toBe('noFilterChain');
  expect(simulate(proxy([inbound]), { ...call, port: 81 })).toMatchObject({ chain: 'rest' });
});

test('plain text into a chain that terminates TLS, and TLS into plain HTTP, are errors', () => {
  const only = (filterChain: listener.FilterChain): ProxyXds =>
    proxy([
      socket('0.0.0.0_80', '0.0.0.0', 80, { listenerFilters: inspectors, filterChains: [filterChain] }),
    ]);
  const call = createCall({ port: 80, protocol: 'http', host: 'a.example.com' });
  expect(simulate(only(withMtls(httpChain('x', {}))), call).error).toBe('tlsError');
  expect(simulate(only(withMtls(httpChain('x', {}))), { ...call, tls: 'tls' }).error).toBe('mtlsError');
  expect(simulate(only(httpChain('x', {})), { ...call, tls: 'tls' }).error).toBe('protocolError');
});

test('invariants name what Envoy would reject', () => {
  const twice = [tcpChain('one', {}, 'c'), tcpChain('two', {}, 'c')];
  const xds: ProxyXds = {
    listeners: [socket('l', '0.0.0.0', 80, { filterChains: twice }), socket('l', '0.0.0.0', 80, {})],
    routes: new Map(),
    clusters: [cluster.Cluster.fromPartial({ name: 'c' }), cluster.Cluster.fromPartial({ name: 'c' })],
  };
  const sentences = checkInvariants(xds);
  for (const part of [
    'listener name l occurs twice',
    'two listeners at 0.0.0.0:80',
    'two chains match',
    'cluster name c',
  ]) {
    expect(
      sentences.some((sentence) => sentence.includes(part)),
      part,
    ).toBe(true);
  }
});
