import type { OutboundTcpChainIr } from '@istio-ts/mesh-ir';
import { core } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { connectionManagerOf, emittedListener, tcpProxyOf } from '../testing/emitted.js';
import { catalogCluster, catalogRoute, outboundListenerIr, settingsIr } from '../testing/ir.js';

const tcpChain = (match: Partial<OutboundTcpChainIr['match']> = {}): OutboundTcpChainIr => ({
  kind: 'tcp',
  match: { destinations: [], serverNames: [], ...match },
  route: {
    statPrefix: catalogCluster,
    destinations: [{ cluster: catalogCluster, weight: 1 }],
    idleTimeoutMs: undefined,
    dynamicDnsPort: undefined,
    origin: undefined,
  },
});

describe('an outbound listener', () => {
  it('is not bound: virtualOutbound hands connections to it', () => {
    const message = emittedListener(outboundListenerIr());
    expect(message).toMatchObject({
      name: '0.0.0.0_80',
      bindToPort: false,
      trafficDirection: core.TrafficDirection.OUTBOUND,
      continueOnListenerFiltersTimeout: true,
    });
    expect(emittedListener(outboundListenerIr({ bindToPort: true })).bindToPort).toBeUndefined();
  });

  it('takes plain HTTP that the inspector recognised to the routes of its port', () => {
    const { filterChains, listenerFilters } = emittedListener(outboundListenerIr());
    expect(filterChains).toHaveLength(1);
    expect(filterChains[0]?.filterChainMatch).toMatchObject({
      transportProtocol: 'raw_buffer',
      applicationProtocols: ['http/1.1', 'h2c'],
    });
    expect(filterChains[0]?.transportSocketConnectTimeout?.seconds).toBe(15);
    expect(listenerFilters.map(({ name }) => name)).toEqual(['envoy.filters.listener.http_inspector']);
    const manager = connectionManagerOf(filterChains[0]);
    expect(manager.statPrefix).toBe('outbound_0.0.0.0_80;');
    expect(manager.routeSpecifier).toMatchObject({
      $case: 'rds',
      value: {
        routeConfigName: '80',
        configSource: { configSourceSpecifier: { $case: 'ads' }, initialFetchTimeout: { seconds: 0 } },
      },
    });
    // Envoy's own, so that applications see no proxy that is not theirs.
    expect(manager.serverName).toBe('');
  });

  it('knows HTTP/1.0 only where the mesh accepts it', () => {
    const settings = { ...settingsIr, acceptHttp10: true };
    const [chain] = emittedListener(outboundListenerIr({ settings })).filterChains;
    expect(chain?.filterChainMatch?.applicationProtocols).toEqual(['http/1.0', 'http/1.1', 'h2c']);
    expect(connectionManagerOf(chain).httpProtocolOptions?.acceptHttp10).toBe(true);
  });

  it.each([
    ['passthrough', 'PassthroughCluster'],
    ['black-hole', 'BlackHoleCluster'],
  ] as const)('sends what is no HTTP to its fallback: %s', (fallback, cluster) => {
    const { defaultFilterChain } = emittedListener(outboundListenerIr({ fallback }));
    expect(defaultFilterChain?.name).toBe('PassthroughFilterChain');
    expect(tcpProxyOf(defaultFilterChain)).toMatchObject({
      statPrefix: cluster,
      clusterSpecifier: { value: cluster },
    });
  });

  it('of a detected service has its TCP chain as default, not a fallback', () => {
    const chains = [{ kind: 'http', routeConfig: 'catalog:9000', dynamicDns: false } as const, tcpChain()];
    const message = emittedListener(
      outboundListenerIr({ bind: '10.96.0.7', port: 9000, chains, fallback: undefined }),
    );
    expect(message.name).toBe('10.96.0.7_9000');
    expect(message.filterChains).toHaveLength(1);
    expect(tcpProxyOf(message.defaultFilterChain).clusterSpecifier?.value).toBe(catalogCluster);
  });

  it('of a TCP service has one chain without a match, and waits for nothing', () => {
    const message = emittedListener(outboundListenerIr({ chains: [tcpChain()], fallback: undefined }));
    expect(message.filterChains[0]?.filterChainMatch).toBeUndefined();
    expect(message.defaultFilterChain).toBeUndefined();
    expect(message.listenerFilters).toEqual([]);
    expect(message.listenerFiltersTimeout).toEqual({ seconds: 0, nanos: 0 });
  });

  it('waits as long as the mesh says for the first bytes where it must detect', () => {
    const settings = { ...settingsIr, protocolDetectionTimeoutMs: 5000 };
    expect(emittedListener(outboundListenerIr({ settings })).listenerFiltersTimeout?.seconds).toBe(5);
  });

  it('reads server names by the TLS inspector, which no other chain needs', () => {
    const chains = [
      tcpChain({ serverNames: ['*.example.com'] }),
      tcpChain({ destinations: ['10.1.0.0/16'] }),
    ];
    const { filterChains, listenerFilters } = emittedListener(outboundListenerIr({ chains }));
    expect(listenerFilters.map(({ name }) => name)).toEqual(['envoy.filters.listener.tls_inspector']);
    expect(filterChains[0]?.filterChainMatch?.serverNames).toEqual(['*.example.com']);
    expect(filterChains[1]?.filterChainMatch?.prefixRanges).toEqual([
      { addressPrefix: '10.1.0.0', prefixLen: 16 },
    ]);
  });

  it('splits TCP by weight and names the rule that says so', () => {
    const route = {
      statPrefix: 'catalog.shop',
      destinations: [
        { cluster: 'a', weight: 80 },
        { cluster: 'b', weight: 20 },
      ],
      idleTimeoutMs: 3_600_000,
      dynamicDnsPort: undefined,
      origin: catalogRoute,
    };
    const [chain] = emittedListener(outboundListenerIr({ chains: [{ ...tcpChain(), route }] })).filterChains;
    expect(tcpProxyOf(chain)).toMatchObject({
      statPrefix: 'catalog.shop',
      idleTimeout: { seconds: 3600 },
      clusterSpecifier: {
        value: {
          clusters: [
            { name: 'a', weight: 80 },
            { name: 'b', weight: 20 },
          ],
        },
      },
    });
    expect(chain?.metadata?.filterMetadata['istio']).toEqual({ config: catalogRoute.path });
  });
});

describe('virtualOutbound', () => {
  it.each([
    ['allow-any', 'PassthroughCluster'],
    ['registry-only', 'BlackHoleCluster'],
  ] as const)(
    'keeps calls to its own port from going round, and sends the rest on: %s',
    (policy, cluster) => {
      const message = emittedListener({ kind: 'virtual-outbound', policy, settings: settingsIr });
      expect(message).toMatchObject({ name: 'virtualOutbound', useOriginalDst: true, listenerFilters: [] });
      const [loop, rest] = message.filterChains;
      expect(loop).toMatchObject({
        name: 'virtualOutbound-blackhole',
        filterChainMatch: { destinationPort: 15001 },
      });
      expect(tcpProxyOf(loop).clusterSpecifier?.value).toBe('BlackHoleCluster');
      expect(rest?.name).toBe('virtualOutbound-catchall-tcp');
      expect(rest?.filterChainMatch).toBeUndefined();
      expect(tcpProxyOf(rest)).toMatchObject({ statPrefix: cluster, clusterSpecifier: { value: cluster } });
    },
  );
});

describe('virtualOutbound where unknown hosts are looked up', () => {
  const message = (protocolDetectionTimeoutMs: number) =>
    emittedListener({
      kind: 'virtual-outbound',
      policy: 'dynamic-dns',
      settings: { ...settingsIr, protocolDetectionTimeoutMs },
    });

  it('sends plain HTTP to the host that it names, and everything else where it was going', () => {
    const { filterChains, listenerFilters } = message(0);
    expect(listenerFilters.map(({ name }) => name)).toEqual(['envoy.filters.listener.http_inspector']);
    const [, http, rest] = filterChains;
    expect(http).toMatchObject({
      name: 'virtualOutbound-catchall-tcp-http',
      filterChainMatch: { transportProtocol: '', applicationProtocols: ['http/1.1', 'h2c'] },
    });
    const { httpFilters, routeSpecifier } = connectionManagerOf(http);
    expect(httpFilters.map(({ name }) => name).slice(-2)).toEqual([
      'envoy.filters.http.dynamic_forward_proxy',
      'envoy.filters.http.router',
    ]);
    expect(routeSpecifier?.value).toMatchObject({
      name: 'allow_any_dynamic_dns',
      virtualHosts: [
        { routes: [{ action: { value: { clusterSpecifier: { value: 'AllowAnyDynamicDNSCluster' } } } }] },
      ],
    });
    expect(tcpProxyOf(rest).clusterSpecifier?.value).toBe('PassthroughCluster');
  });

  it('never lets a server that speaks first wait for ever', () => {
    expect(message(0)).toMatchObject({ continueOnListenerFiltersTimeout: true });
    expect(message(0).listenerFiltersTimeout).toBeUndefined();
    expect(message(5000).listenerFiltersTimeout?.seconds).toBe(5);
  });
});

describe('listeners of a workload without capture', () => {
  it('are an HTTP proxy that takes whole URLs', () => {
    const message = emittedListener({
      kind: 'http-proxy',
      bind: '127.0.0.1',
      port: 15080,
      settings: settingsIr,
    });
    expect(message.name).toBe('127.0.0.1_15080');
    expect(message.bindToPort).toBeUndefined();
    const manager = connectionManagerOf(message.filterChains[0]);
    expect(manager.routeSpecifier).toMatchObject({ value: { routeConfigName: 'http_proxy' } });
    expect(manager.httpProtocolOptions?.allowAbsoluteUrl).toBe(true);
  });

  it('and a bound listener for each service port, told apart by everything but the port', () => {
    const port = {
      targetPort: 3000,
      servicePort: 80,
      protocol: 'auto',
      mtls: 'permissive',
      service: { host: 'catalog', name: 'catalog', namespace: 'shop' },
    } as const;
    const message = emittedListener({ kind: 'inbound', bind: '127.0.0.1', port, settings: settingsIr });
    expect(message.name).toBe('127.0.0.1_3000');
    expect(message.filterChains).toHaveLength(5);
    expect(
      message.filterChains.every(({ filterChainMatch }) => filterChainMatch?.destinationPort === undefined),
    ).toBe(true);
    expect(message.listenerFilters.map(({ name }) => name.split('.').at(-1))).toEqual([
      'tls_inspector',
      'http_inspector',
    ]);
  });
});
