import { keepIdentity, memo, type Clock, type Metrics } from '@istio-ts/foundation';
import { emitClusters, emitEndpoints, emitInSteps, emitListeners, emitRoutes } from '@istio-ts/envoy-config';
import type { ProxyIr, ProxyNode } from '@istio-ts/mesh-ir';
import {
  emptySnapshot,
  nextSnapshot,
  resolveInSteps,
  resolveProxy,
  type Change,
  type ChangeSet,
  type MeshSettings,
  type MeshSnapshot,
} from '@istio-ts/mesh-model';
import { TypeUrl, type Targets } from '@istio-ts/xds-protocol';
import type { ResourceSet } from '@istio-ts/xds-types';
import type { Caller } from '../ads/caller.js';
import { secretsFor } from '../ads/gateway-secrets.js';

/** A change that could not be taken, and why: a bug of ours. */
export interface FailedChange {
  readonly change: Change;
  readonly reason: string;
}

/** The newest snapshot of the mesh, and what follows from it for a proxy: snapshot → resolve → emit. */
export class MeshState {
  private current: MeshSnapshot;
  /** What was just made in steps: asked for once, at the end of a proxy's turn. */
  private made:
    { readonly snapshot: MeshSnapshot; readonly node: ProxyNode; readonly ir: ProxyIr } | undefined;

  constructor(
    private settings: MeshSettings,
    private readonly context: { readonly clock: Clock; readonly metrics: Metrics },
  ) {
    this.current = emptySnapshot(settings);
  }

  get snapshot(): MeshSnapshot {
    return this.current;
  }

  /**
   * Takes changes of objects, and settings where they changed. A change that our code fails on is left out, so that it
   * costs its own object and nothing else; returns those.
   */
  apply(changes: ChangeSet, settings: MeshSettings = this.settings): readonly FailedChange[] {
    const { clock, metrics } = this.context;
    const startMs = clock.nowMs();
    this.settings = keepIdentity(this.settings, settings);
    const failed = this.take(changes);
    metrics.observe('pilot_pushcontext_init_seconds', (clock.nowMs() - startMs) / 1000);
    metrics.set('pilot_services', this.current.services.all.size);
    metrics.set('pilot_virt_services', this.current.resources.VirtualService.size);
    return failed;
  }

  private take(all: ChangeSet): readonly FailedChange[] {
    try {
      this.current = nextSnapshot(this.current, all, this.settings);
      return [];
    } catch (thrown) {
      if (all.changes.length === 0) throw thrown;
    }
    return all.changes.flatMap((change) => {
      try {
        this.current = nextSnapshot(this.current, { ...all, changes: [change] }, this.settings);
        return [];
      } catch (thrown) {
        return [
          { change, reason: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) },
        ];
      }
    });
  }

  resolve(node: ProxyNode): ProxyIr {
    const { made, current } = this;
    this.made = undefined;
    return made?.snapshot === current && made.node === node ? made.ir : resolveProxy(current, node);
  }

  /** What a proxy should hold, without secrets: fit for a debug page. */
  targetsFor(node: ProxyNode): Targets {
    return targetsOf(this.resolve(node));
  }

  /** Makes what `targetsFor` gives, with pauses; what the newest snapshot changes meanwhile is left to `targetsFor`. */
  *makeInSteps(node: ProxyNode): Generator<void> {
    const snapshot = this.current;
    const ir = yield* resolveInSteps(snapshot, node);
    yield* emitInSteps(ir);
    this.made = { snapshot, node, ir };
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
