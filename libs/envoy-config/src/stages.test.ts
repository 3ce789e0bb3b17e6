import { describe, expect, it } from 'vitest';
import { connectionManagerOf, emittedListener } from './testing/emitted.js';
import { inboundPortIr, outboundListenerIr, settingsIr, virtualInboundIr } from './testing/ir.js';

const settings = { ...settingsIr, stats: true };

describe('filters stand in the order of their table', () => {
  it('in outbound HTTP: statistics first, the router last, ALPN decided before faults', () => {
    const [chain] = emittedListener(outboundListenerIr({ settings })).filterChains;
    expect(connectionManagerOf(chain).httpFilters.map(({ name }) => name)).toEqual([
      'istio.stats',
      'envoy.filters.http.grpc_stats',
      'istio.alpn',
      'envoy.filters.http.fault',
      'envoy.filters.http.cors',
      'envoy.filters.http.router',
    ]);
  });

  it('in inbound HTTP: no ALPN, since the application is called in plain', () => {
    const ports = [inboundPortIr({ mtls: 'strict', protocol: 'grpc-web' })];
    const { filterChains } = emittedListener(virtualInboundIr({ ports, settings }));
    expect(connectionManagerOf(filterChains.at(-1)).httpFilters.map(({ name }) => name)).toEqual([
      'istio.stats',
      'envoy.filters.http.grpc_web',
      'envoy.filters.http.grpc_stats',
      'envoy.filters.http.fault',
      'envoy.filters.http.cors',
      'envoy.filters.http.router',
    ]);
  });

  it('in TCP: statistics before the proxy that ends the chain', () => {
    const { defaultFilterChain } = emittedListener(outboundListenerIr({ settings }));
    expect(defaultFilterChain?.filters.map(({ name }) => name)).toEqual([
      'istio.stats',
      'envoy.filters.network.tcp_proxy',
    ]);
  });

  it('without statistics where no metrics provider is in force', () => {
    const { filterChains } = emittedListener(outboundListenerIr());
    expect(connectionManagerOf(filterChains[0]).httpFilters.map(({ name }) => name)).not.toContain(
      'istio.stats',
    );
  });
});
