import { SortedMap } from '@istio-ts/foundation';
import type { InboundPortIr } from '@istio-ts/mesh-ir';
import { cluster, endpoint, listener, route, typeUrls } from '@istio-ts/xds-types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { emitClusters, emitEndpoints, emitListeners, emitRoutes } from './emit.js';
import { mapOf } from './testing/emitted.js';
import {
  catalogCluster,
  catalogRoute,
  catalogRule,
  inboundPortIr,
  loadAssignmentIr,
  outboundClusterIr,
  outboundListenerIr,
  routeConfigIr,
  routeIr,
  virtualHostIr,
  virtualInboundIr,
} from './testing/ir.js';

afterEach(() => void vi.restoreAllMocks());

describe('resource sets', () => {
  it('are identical for the identical map, whatever was emitted in between', () => {
    const one = mapOf({ [catalogCluster]: outboundClusterIr() });
    const other = mapOf({ [catalogCluster]: outboundClusterIr({ external: true }) });
    const before = emitClusters(one);
    expect(emitClusters(other)).not.toBe(before);
    expect(emitClusters(one)).toBe(before);
  });

  it('keep the resource of every value that did not change', () => {
    const kept = outboundListenerIr({ port: 81 });
    const before = mapOf({ '0.0.0.0_80': outboundListenerIr(), '0.0.0.0_81': kept });
    const after = before.set('0.0.0.0_80', outboundListenerIr({ fallback: 'black-hole' }));
    const [first, second] = [emitListeners(before), emitListeners(after)];
    expect(second.get('0.0.0.0_81')).toBe(first.get('0.0.0.0_81'));
    expect(second.get('0.0.0.0_80')?.version).not.toBe(first.get('0.0.0.0_80')?.version);
  });

  it('carry names, type URLs and a version that follows from the content alone', () => {
    const [first, second] = [0, 1].map(() =>
      emitEndpoints(mapOf({ [catalogCluster]: loadAssignmentIr() })).get(catalogCluster),
    );
    expect(first).not.toBe(second);
    expect(first).toEqual(second);
    expect(first?.typeUrl).toBe(typeUrls.eds);
    expect(first?.name).toBe(catalogCluster);
  });

  it('name the objects of the user that they were made from', () => {
    const clusters = emitClusters(mapOf({ [catalogCluster]: outboundClusterIr({ origin: catalogRule }) }));
    expect(clusters.get(catalogCluster)?.origins).toEqual(['DestinationRule/shop/catalog']);
    const twice = virtualHostIr('catalog', [
      routeIr({ origin: catalogRoute }),
      routeIr({ origin: catalogRoute }),
      routeIr(),
    ]);
    const routes = emitRoutes(mapOf({ '80': routeConfigIr([twice]) }));
    expect(routes.get('80')?.origins).toEqual(['VirtualService/shop/catalog']);
  });

  it('leave out a DNS cluster without endpoints, which Envoy refuses', () => {
    const endpoints = loadAssignmentIr({ localities: [] });
    const ir = outboundClusterIr({ discovery: { kind: 'strict-dns', endpoints, refreshMs: 60_000 } });
    expect(emitClusters(mapOf({ [catalogCluster]: ir })).size).toBe(0);
  });

  it('refuse a value under a key that is not its name on the wire', () => {
    expect(() => emitClusters(mapOf({ catalog: outboundClusterIr() }))).toThrow('catalog');
  });
});

describe('work is done once', () => {
  it('a changed virtual host is encoded, its thousand neighbours are not', () => {
    const hosts = Array.from({ length: 1000 }, (_, index) => virtualHostIr(`service-${index}`));
    const before = routeConfigIr(hosts);
    emitRoutes(mapOf({ '80': before }));
    const changed = virtualHostIr('service-7', [routeIr({ decorator: 'changed' })]);
    const encode = vi.spyOn(route.VirtualHost, 'encode');
    const after = { ...before, virtualHosts: before.virtualHosts.set(changed.name, changed) };
    const bytes = emitRoutes(mapOf({ '80': after })).get('80')?.bytes ?? new Uint8Array();
    expect(encode).toHaveBeenCalledTimes(1);
    const decoded = route.RouteConfiguration.decode(bytes);
    expect(decoded.virtualHosts).toHaveLength(1001);
    const host = decoded.virtualHosts.find(({ name }) => name === 'service-7:80');
    expect(host?.routes[0]?.decorator?.operation).toBe('changed');
  });

  it('a virtual host that stands in the tables of several classes is encoded once', () => {
    const shared = virtualHostIr('shared');
    const encode = vi.spyOn(route.VirtualHost, 'encode');
    emitRoutes(mapOf({ '80': routeConfigIr([shared]) }));
    emitRoutes(mapOf({ '80': routeConfigIr([shared], { catchAll: { kind: 'block-all' } }) }));
    expect(encode).toHaveBeenCalledTimes(1);
  });

  it('a new inbound port costs its own filter chains', () => {
    const ports: InboundPortIr[] = [inboundPortIr(), inboundPortIr({ targetPort: 3001 })];
    emitListeners(mapOf({ virtualInbound: virtualInboundIr({ ports, passthrough: 'strict' }) }));
    const encode = vi.spyOn(listener.FilterChain, 'encode');
    const more = [...ports, inboundPortIr({ targetPort: 3002, mtls: 'strict' })];
    emitListeners(mapOf({ virtualInbound: virtualInboundIr({ ports: more, passthrough: 'strict' }) }));
    expect(encode).toHaveBeenCalledTimes(1);
  });

  it('an endpoint that comes costs its locality', () => {
    const [near] = loadAssignmentIr().localities;
    if (near === undefined) throw new Error('the fixture has a locality');
    const far = { ...near, locality: { region: 'us', zone: '', subzone: '' } };
    emitEndpoints(mapOf({ [catalogCluster]: loadAssignmentIr({ localities: [near, far] }) }));
    const encode = vi.spyOn(endpoint.LocalityLbEndpoints, 'encode');
    const more = { ...far, endpoints: [...far.endpoints, ...far.endpoints] };
    emitEndpoints(mapOf({ [catalogCluster]: loadAssignmentIr({ localities: [near, more] }) }));
    expect(encode).toHaveBeenCalledTimes(1);
  });

  it('an unchanged cluster is not encoded for a second class of proxies', () => {
    const shared = outboundClusterIr();
    const first = emitClusters(mapOf({ [catalogCluster]: shared })).get(catalogCluster);
    const encode = vi.spyOn(cluster.Cluster, 'encode');
    expect(emitClusters(SortedMap.from([[catalogCluster, shared]])).get(catalogCluster)).toBe(first);
    expect(encode).not.toHaveBeenCalled();
  });
});
