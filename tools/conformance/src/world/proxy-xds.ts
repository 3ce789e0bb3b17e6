import { emitClusters, emitListeners, emitRoutes } from '@istio-ts/envoy-config';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { resolveProxy, type MeshSnapshot } from '@istio-ts/mesh-model';
import type { ProxyXds } from '@istio-ts/traffic-simulator';
import { cluster, listener, route } from '@istio-ts/xds-types';

/** What a proxy would be sent, decoded from the bytes that would be sent. */
export function proxyXds(snapshot: MeshSnapshot, node: ProxyNode): ProxyXds {
  const ir = resolveProxy(snapshot, node);
  const routes = [...emitRoutes(ir.routes)].map(
    ([name, { bytes }]) => [name, route.RouteConfiguration.decode(bytes)] as const,
  );
  return {
    clusters: [...emitClusters(ir.clusters).values()].map(({ bytes }) => cluster.Cluster.decode(bytes)),
    listeners: [...emitListeners(ir.listeners).values()].map(({ bytes }) => listener.Listener.decode(bytes)),
    routes: new Map(routes),
  };
}
