import type { Issue, SortedMap } from '@istio-ts/foundation';
import type { ClusterIr } from './cluster-ir.js';
import type { LoadAssignmentIr } from './endpoint-ir.js';
import type { ListenerIr } from './listener-ir.js';
import type { RouteConfigIr } from './route-ir.js';

/**
 * Everything that a proxy is told, resolved: nothing in it is looked up any more. Each map is canonical, shared by all
 * proxies of one class, and keyed by the name that the resource has on the wire.
 */
export interface ProxyIr {
  readonly clusters: SortedMap<ClusterIr>;
  readonly endpoints: SortedMap<LoadAssignmentIr>;
  readonly listeners: SortedMap<ListenerIr>;
  readonly routes: SortedMap<RouteConfigIr>;
  /** What the user should know about the objects that this proxy's configuration is made from. */
  readonly issues: readonly Issue[];
}
