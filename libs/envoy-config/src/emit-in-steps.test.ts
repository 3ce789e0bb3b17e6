import { SortedMap } from '@istio-ts/foundation';
import type { ProxyIr } from '@istio-ts/mesh-ir';
import { cluster, route } from '@istio-ts/xds-types';
import { afterEach, expect, it, vi } from 'vitest';
import { emitClusters, emitRoutes } from './emit.js';
import { emitInSteps } from './emit-in-steps.js';
import { mapOf } from './testing/emitted.js';
import { catalogCluster, outboundClusterIr, routeConfigIr, virtualHostIr } from './testing/ir.js';

afterEach(() => void vi.restoreAllMocks());

function ir(hosts: number): ProxyIr {
  const table = routeConfigIr(Array.from({ length: hosts }, (_, index) => virtualHostIr(`s-${index}`)));
  return {
    clusters: mapOf({ [catalogCluster]: outboundClusterIr() }),
    endpoints: SortedMap.empty(),
    listeners: SortedMap.empty(),
    routes: mapOf({ '80': table }),
    issues: [],
  };
}

it('encodes a large table in pauses, and leaves nothing to encode', () => {
  const told = ir(200);
  expect([...emitInSteps(told)].length).toBeGreaterThan(5);
  const encodeHost = vi.spyOn(route.VirtualHost, 'encode');
  const encodeCluster = vi.spyOn(cluster.Cluster, 'encode');
  expect(emitRoutes(told.routes).size).toBe(1);
  expect(emitClusters(told.clusters).size).toBe(1);
  expect(encodeHost).not.toHaveBeenCalled();
  expect(encodeCluster).not.toHaveBeenCalled();
});

it('does not pause for what is encoded', () => {
  const told = ir(200);
  for (const _ of emitInSteps(told));
  expect([...emitInSteps(told)]).toEqual([]);
});
