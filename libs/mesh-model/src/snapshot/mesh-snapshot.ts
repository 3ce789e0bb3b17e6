import type { SortedMap } from '@istio-ts/foundation';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { DestinationIndex } from './destination-index.js';
import type { EndpointIndex } from './endpoint-index.js';
import type { GatewayIndex } from './gateway-index.js';
import type { MeshService } from './mesh-service.js';
import type { OwnViews } from './namespace-index.js';
import type { PolicyIndex } from './policy-index.js';
import type { ResourceStore } from './resource-store.js';
import type { RouteIndex } from './route-index.js';
import type { SelectorIndex } from './selector-index.js';
import type { ServiceEndpoints } from './service-endpoint.js';
import type { ServiceFacts } from './service-facts.js';
import type { ServiceIndex } from './service-index.js';
import type { WorkloadIndex } from './workload-index.js';
import type { Slot } from '../derive/index.js';

/** The mesh at one moment: accepted objects, and indexes over them. Immutable; versions share what did not change. */
export interface MeshSnapshot {
  /** The same for all versions of one mesh: under it is remembered what was derived last. */
  readonly mesh: Slot;
  readonly settings: MeshSettings;
  readonly resources: ResourceStore;
  readonly services: ServiceIndex;
  /** Host → its declarations, with what clients know of them. */
  readonly facts: SortedMap<SortedMap<ServiceFacts>>;
  /** Alias target → the ExternalName services that stand for it. */
  readonly aliases: SortedMap<SortedMap<MeshService>>;
  /** By `namespace/host` of the service. */
  readonly endpoints: SortedMap<ServiceEndpoints>;
  readonly served: EndpointIndex['served'];
  readonly workloads: WorkloadIndex;
  readonly routes: RouteIndex;
  readonly destinations: DestinationIndex;
  readonly gateways: GatewayIndex;
  readonly policies: PolicyIndex;
  readonly selectors: SelectorIndex;
  readonly ownViews: OwnViews;
}
