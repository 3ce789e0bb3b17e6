import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MtlsMode } from '@istio-ts/mesh-ir';
import { core, hcm, httpInspector, originalSrc, tlsInspector, type listener } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import {
  connectionManagerOf,
  downstreamTlsOf,
  emittedListener,
  tcpProxyOf,
  listenerFilterConfig,
} from '../testing/emitted.js';
import { inboundPortIr, settingsIr, virtualInboundIr } from '../testing/ir.js';

describe('virtualInbound', () => {
  it('tells traffic apart as the table in testdata says', () => {
    const { filterChains } = emittedListener(
      virtualInboundIr({
        passthroughPorts: [{ port: 7000, mtls: 'strict' }],
        ports: [
          inboundPortIr({ targetPort: 3000 }),
          inboundPortIr({ targetPort: 5432, protocol: 'tcp', mtls: 'strict' }),
          inboundPortIr({ targetPort: 9000, protocol: 'auto', mtls: 'disable' }),
        ],
      }),
    );
    const [, , ...rows] = readFileSync(
      join(import.meta.dirname, '../../testdata/virtual-inbound.txt'),
      'utf8',
    )
      .trim()
      .split('\n');
    expect(filterChains.map(row)).toEqual(rows.map((line) => line.split(/ +/)));
  });

  it.each([
    ['permissive', 3],
    ['strict', 1],
    ['disable', 1],
  ] as const)('gives a TCP port in mode %s %i chains', (mtls, count) => {
    const { filterChains } = emittedListener(
      virtualInboundIr({ ports: [inboundPortIr({ protocol: 'tcp', mtls })] }),
    );
    expect(filterChains.filter(({ name }) => name === '0.0.0.0_3000')).toHaveLength(count);
  });

  it('takes captured connections on 15006 and never waits for a silent client', () => {
    const message = emittedListener(virtualInboundIr());
    expect(message).toMatchObject({
      name: 'virtualInbound',
      trafficDirection: core.TrafficDirection.INBOUND,
      listenerFiltersTimeout: { seconds: 0, nanos: 0 },
      continueOnListenerFiltersTimeout: true,
      maxConnectionsToAcceptPerSocketEvent: 1,
      address: { address: { value: { address: '0.0.0.0', portSpecifier: { value: 15006 } } } },
    });
  });

  it('keeps the caller’s address under TPROXY', () => {
    const { transparent, listenerFilters } = emittedListener(virtualInboundIr({ transparent: true }));
    expect(transparent).toBe(true);
    expect(listenerFilters.slice(0, 2).map(({ name }) => name)).toEqual([
      'envoy.filters.listener.original_dst',
      'envoy.filters.listener.original_src',
    ]);
    expect(listenerFilterConfig(listenerFilters[1], originalSrc.OriginalSrc).mark).toBe(1337);
  });

  it('sends undeclared ports nowhere where the mesh forbids them', () => {
    const { filterChains } = emittedListener(virtualInboundIr({ passthroughPolicy: 'disabled' }));
    const chain = filterChains.find(({ name }) => name === 'virtualInbound');
    expect(tcpProxyOf(chain).clusterSpecifier?.value).toBe('BlackHoleCluster');
  });
});

/** A chain as the table writes it. */
function row(chain: listener.FilterChain): readonly string[] {
  const match = chain.filterChainMatch;
  const serves = chain.filters.some(({ name }) => name.endsWith('http_connection_manager')) ? 'http' : 'tcp';
  return [
    chain.name,
    String(match?.destinationPort ?? '-'),
    match?.transportProtocol === '' ? '-' : (match?.transportProtocol ?? '-'),
    match?.applicationProtocols.join(',') || '-',
    serves,
    chain.transportSocket === undefined ? '-' : 'mutual',
  ];
}

describe('inspectors of virtualInbound', () => {
  /** Each inspector with the ports where it is off, or `not` those where it is on. */
  function inspectors(passthrough: MtlsMode, ports: readonly [number, MtlsMode][]): Record<string, unknown> {
    const { listenerFilters } = emittedListener(
      virtualInboundIr({
        passthrough,
        ports: ports.map(([targetPort, mtls]) => inboundPortIr({ targetPort, mtls, protocol: 'tcp' })),
      }),
    );
    return Object.fromEntries<unknown>(
      listenerFilters
        .slice(1)
        .map((filter) => [filter.name.replace(/.*\./, ''), offPorts(filter.filterDisabled)]),
    );
  }

  it('run everywhere but on ports whose chains do not ask, where passthrough needs them', () => {
    // A server that speaks first would wait for a client that waits for it.
    expect(
      inspectors('permissive', [
        [3306, 'disable'],
        [5432, 'permissive'],
      ]),
    ).toEqual({
      tls_inspector: [3306, 15006],
      http_inspector: [3306, 5432, 15006],
    });
  });

  it('run on the ports that ask only, where passthrough does not need them', () => {
    expect(inspectors('strict', [[3306, 'disable']])).toEqual({ tls_inspector: [3306, 15006] });
    expect(
      inspectors('disable', [
        [3306, 'disable'],
        [5432, 'strict'],
      ]),
    ).toEqual({
      tls_inspector: { not: [5432] },
      http_inspector: [3306, 5432, 15006],
    });
  });

  it('start reading with a small buffer', () => {
    const tls = emittedListener(virtualInboundIr()).listenerFilters[1];
    expect(listenerFilterConfig(tls, tlsInspector.TlsInspector).initialReadBufferSize).toBe(512);
    const http = emittedListener(virtualInboundIr()).listenerFilters[2];
    expect(listenerFilterConfig(http, httpInspector.HttpInspector)).toEqual({});
  });
});

function offPorts(predicate: listener.ListenerFilterChainMatchPredicate | undefined): unknown {
  const rule = predicate?.rule;
  switch (rule?.$case) {
    case 'destinationPortRange':
      return [rule.value.start];
    case 'orMatch':
      return rule.value.rules.flatMap((inner) => offPorts(inner));
    case 'notMatch':
      return { not: offPorts(rule.value) };
    default:
      return undefined;
  }
}

describe('an inbound HTTP chain', () => {
  const chains = emittedListener(
    virtualInboundIr({ ports: [inboundPortIr({ protocol: 'http2' })] }),
  ).filterChains;
  const manager = connectionManagerOf(chains.at(-1));

  it('adds the caller’s certificate to what its proxy vouched for', () => {
    expect(manager).toMatchObject({
      statPrefix: 'inbound_0.0.0.0_3000;',
      useRemoteAddress: false,
      serverName: 'istio-envoy',
      forwardClientCertDetails: hcm.HttpConnectionManager_ForwardClientCertDetails.APPEND_FORWARD,
      setCurrentClientCertDetails: { subject: true, uri: true, dns: true },
      proxy100Continue: true,
      normalizePath: true,
      streamIdleTimeout: { seconds: 0, nanos: 0 },
    });
    expect(manager.http2ProtocolOptions).toBeDefined();
    expect(manager.upgradeConfigs.map(({ upgradeType }) => upgradeType)).toEqual(['websocket']);
  });

  it('routes everything to the application, inline, without limits of time', () => {
    const routes = manager.routeSpecifier?.$case === 'routeConfig' ? manager.routeSpecifier.value : undefined;
    expect(routes?.name).toBe('inbound|3000||');
    const [host] = routes?.virtualHosts ?? [];
    expect(host).toMatchObject({ name: 'inbound|http|80', domains: ['*'] });
    expect(host?.routes[0]).toMatchObject({
      name: 'default',
      decorator: { operation: 'catalog.shop.svc.cluster.local:80/*' },
      action: {
        value: {
          clusterSpecifier: { value: 'inbound|3000||' },
          timeout: { seconds: 0 },
          maxStreamDuration: { maxStreamDuration: { seconds: 0 }, grpcTimeoutHeaderMax: { seconds: 0 } },
          retryPolicy: { retryOn: 'reset-before-request', numRetries: 2 },
        },
      },
    });
  });

  it('does not retry gRPC, which does so itself', () => {
    const ports = [inboundPortIr({ protocol: 'grpc', mtls: 'strict' })];
    const chain = emittedListener(virtualInboundIr({ ports })).filterChains.at(-1);
    const { routeSpecifier } = connectionManagerOf(chain);
    const routes = routeSpecifier?.$case === 'routeConfig' ? routeSpecifier.value : undefined;
    const action = routes?.virtualHosts[0]?.routes[0]?.action;
    expect(action?.$case === 'route' ? action.value.retryPolicy : 'no route').toBeUndefined();
  });

  it('asks for a certificate of a trust domain, in TLS 1.2 or 1.3', () => {
    const settings = { ...settingsIr, trustDomains: ['cluster.local', 'old.local'] };
    const strict = virtualInboundIr({ ports: [inboundPortIr({ mtls: 'strict' })], settings });
    const context = downstreamTlsOf(emittedListener(strict).filterChains.at(-1));
    expect(context.requireClientCertificate).toBe(true);
    // `istio-peer-exchange` is not agreed on: no filter here takes the exchange off the stream.
    expect(context.commonTlsContext?.alpnProtocols).toEqual(['h2', 'http/1.1']);
    expect(context.commonTlsContext?.tlsParams).toMatchObject({
      tlsMinimumProtocolVersion: 3,
      tlsMaximumProtocolVersion: 4,
      cipherSuites: [
        'ECDHE-ECDSA-AES256-GCM-SHA384',
        'ECDHE-RSA-AES256-GCM-SHA384',
        'ECDHE-ECDSA-AES128-GCM-SHA256',
        'ECDHE-RSA-AES128-GCM-SHA256',
        'AES256-GCM-SHA384',
        'AES128-GCM-SHA256',
      ],
    });
    expect(context.commonTlsContext?.validationContextType).toMatchObject({
      value: {
        defaultValidationContext: {
          matchTypedSubjectAltNames: [
            { matcher: { matchPattern: { $case: 'prefix', value: 'spiffe://cluster.local/' } } },
            { matcher: { matchPattern: { $case: 'prefix', value: 'spiffe://old.local/' } } },
          ],
        },
        validationContextSdsSecretConfig: { name: 'ROOTCA' },
      },
    });
  });
});
