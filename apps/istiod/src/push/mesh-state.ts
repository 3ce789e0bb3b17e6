import { keepIdentity, memo, type Clock, type Metrics } from '@istio-ts/foundation';
import { emitClusters, emitEndpoints, emitListeners, emitRoutes } from '@istio-ts/envoy-config';
import type { ProxyIr, ProxyNode } from '@istio-ts/mesh-ir';
import {
  emptySnapshot,
  nextSnapshot,
  resolveProxy,
  type ChangeSet,
  type MeshSettings,
  type MeshSnapshot,
} from '@istio-ts/mesh-model';
import { TypeUrl, type Targets } from '@istio-ts/xds-protocol';
import type { ResourceSet } from '@istio-ts/xds-types';
import type { Caller } from '../ads/caller.js';
import { secretsFor } from '../ads/gateway-secrets.js';

/** The newest snapshot of the mesh, and what follows from it for a proxy: snapshot → resolve → emit. */
export class MeshState {
  private current: MeshSnapshot;

  constructor(
    private settings: MeshSettings,
    private readonly context: { readonly clock: Clock; readonly metrics: Metrics },
  ) {
    this.current = emptySnapshot(settings);
  }

  get snapshot(): MeshSnapshot {
    return this.current;
  }

  /** Takes changes of objects, and settings where they changed; tells whether the snapshot is another one. */
  apply(changes: ChangeSet, settings: MeshSettings = this.settings): boolean {
    const { clock, metrics } = this.context;
    const startMs = clock.nowMs();
    const before = this.current;
    this.settings = keepIdentity(this.settings, settings);
    this.current = nextSnapshot(before, changes, this.settings);
    metrics.observe('pilot_pushcontext_init_seconds', (clock.nowMs() - startMs) / 1000);
    metrics.set('pilot_services', this.current.services.all.size);
    metrics.set('pilot_virt_services', this.current.resources.VirtualService.size);
    return this.current !== before;
  }

  resolve(node: ProxyNode): ProxyIr {
    return resolveProxy(this.current, node);
  }

  /** What a proxy should hold, without secrets: fit for a debug page. */
  targetsFor(node: ProxyNode): Targets {
    return targetsOf(this.resolve(node));
  }

  targetsWithSecrets(node: ProxyNode, caller: Caller): Targets {
    return withSecrets(this.targetsFor(node), secretsFor(this.current.resources.Secret, caller, node));
  }
}

const withSecrets = memo(
  (targets: Targets, secrets: ResourceSet): Targets => new Map([...targets, [TypeUrl.Secret, secrets]]),
);

const targetsOf = memo(
  ({ clusters, endpoints, listeners, routes }: ProxyIr): Targets =>
    new Map([
      [TypeUrl.Cluster, emitClusters(clusters)],
      [TypeUrl.Endpoint, emitEndpoints(endpoints)],
      [TypeUrl.Listener, emitListeners(listeners)],
      [TypeUrl.Route, emitRoutes(routes)],
    ]),
);
