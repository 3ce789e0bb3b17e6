import type { HttpAlpnIr } from '@istio-ts/mesh-ir';
import { httpSetFilterState } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { connectionManagerOf, emittedListener, emittedRoutes, unpacked } from '../testing/emitted.js';
import {
  destinationIr,
  forwardIr,
  outboundListenerIr,
  routeConfigIr,
  routeIr,
  virtualHostIr,
} from '../testing/ir.js';

/** Filter-state key and text of a configuration; undefined where it sets nothing. */
function announced(config: Parameters<typeof unpacked>[0]): readonly unknown[] | undefined {
  const [value] = unpacked(config, httpSetFilterState.Config).onRequestHeaders;
  if (value === undefined) return undefined;
  const format = value.value?.value.format;
  return [value.key?.value, format?.$case === 'textFormatSource' ? format.value.specifier?.value : undefined];
}

function emittedRoute(alpns: readonly HttpAlpnIr[]) {
  const destinations = alpns.map((alpn, index) => destinationIr({ alpn, cluster: `c${index}` }));
  const host = virtualHostIr('catalog', [routeIr({ action: forwardIr({ destinations }) })]);
  return emittedRoutes(routeConfigIr([host])).virtualHosts[0]?.routes[0];
}

describe('HTTP calls announce themselves by ALPN', () => {
  it('as HTTP/1.1, unless a route says otherwise', () => {
    const [chain] = emittedListener(outboundListenerIr()).filterChains;
    const filter = connectionManagerOf(chain).httpFilters.find(({ name }) => name === 'istio.alpn');
    const config = filter?.configType?.$case === 'typedConfig' ? filter.configType.value : undefined;
    expect(announced(config)).toEqual([
      'envoy.network.application_protocols',
      'istio-http/1.1,istio,http/1.1',
    ]);
    expect(emittedRoute(['http/1.1'])?.typedPerFilterConfig).toEqual({});
  });

  it('as HTTP/2 where the destination speaks it', () => {
    expect(announced(emittedRoute(['h2'])?.typedPerFilterConfig['istio.alpn'])?.[1]).toBe(
      'istio-h2,istio,h2',
    );
  });

  it('as what the caller speaks where the destination follows it', () => {
    expect(announced(emittedRoute(['downstream'])?.typedPerFilterConfig['istio.alpn'])?.[1]).toBe(
      "%CEL(request.protocol == 'HTTP/2' ? 'istio-h2,istio,h2' : 'istio-http/1.1,istio,http/1.1')%",
    );
  });

  it('not at all where a DestinationRule’s own TLS decides', () => {
    expect(announced(emittedRoute(['own'])?.typedPerFilterConfig['istio.alpn'])).toBeUndefined();
  });

  it('each destination for itself where they differ', () => {
    const route = emittedRoute(['h2', 'http/1.1', 'own']);
    expect(route?.typedPerFilterConfig).toEqual({});
    const action = route?.action?.$case === 'route' ? route.action.value.clusterSpecifier : undefined;
    const clusters = action?.$case === 'weightedClusters' ? action.value.clusters : [];
    const perCluster = clusters.map(({ typedPerFilterConfig }) => {
      const config = typedPerFilterConfig['istio.alpn'];
      return config === undefined ? 'as the filter' : (announced(config)?.[1] ?? 'nothing');
    });
    expect(perCluster).toEqual(['istio-h2,istio,h2', 'as the filter', 'nothing']);
  });
});
