import type { SortedMap } from '@istio-ts/foundation';
import type { ProxyIr } from '@istio-ts/mesh-ir';
import { emitCluster } from './clusters/emit-cluster.js';
import { emitClusters, emitEndpoints, emitListeners, emitRoutes } from './emit.js';
import { emitLoadAssignment } from './endpoints/emit-load-assignment.js';
import { emitListener } from './listeners/emit-listener.js';
import { virtualHostFragment } from './routes/virtual-host.js';

/** Values that are encoded between two pauses: some milliseconds. */
const valuesAStep = 32;

/** Maps whose values are all encoded. */
const encoded = new WeakSet<object>();

/**
 * Encodes all that a proxy is told, a few values at a time: whoever runs it may do something else at each pause. Afterwards
 * `emitClusters` and the others have little left to do.
 */
export function* emitInSteps({ clusters, endpoints, listeners, routes }: ProxyIr): Generator<void> {
  yield* encodeValues(clusters, emitCluster);
  emitClusters(clusters);
  yield* encodeValues(endpoints, emitLoadAssignment);
  emitEndpoints(endpoints);
  yield* encodeValues(listeners, emitListener);
  emitListeners(listeners);
  for (const { virtualHosts } of routes.values()) yield* encodeValues(virtualHosts, virtualHostFragment);
  emitRoutes(routes);
}

function* encodeValues<V>(map: SortedMap<V>, encode: (value: V) => unknown): Generator<void> {
  if (encoded.has(map)) return;
  let count = 0;
  for (const value of map.values()) {
    encode(value);
    count += 1;
    if (count % valuesAStep === 0) yield;
  }
  encoded.add(map);
  yield;
}
