import { invariant, type Clock } from '@istio-ts/foundation';
import type { EncodedResource, ResourceSet } from '@istio-ts/xds-types';
import { frameResources } from '../resource-delta.js';
import { emptySet, setDigest } from '../resource-sets.js';
import { findXdsType, TypeUrl, typeOrder, type XdsType } from '../type-order.js';
import type { DeltaRequest, SotwRequest, XdsRequest } from '../wire/request.js';
import { encodePrefix, encodeRemoved, type XdsVariant } from '../wire/response.js';
import { ClustersAhead } from './clusters-ahead.js';
import { isEmpty, nothingToSend, planNames, withoutRemovals, type Plan } from './plan.js';
import { TypeState, type Outstanding } from './type-state.js';
import { nextWorld, worldBody } from './world.js';

/** Longest wait for an acknowledgement that another type's order asks for, while no other one comes. */
export const orderWaitMs = 5000;

/** What a client should hold, by type URL; a type without a set is answered as empty. */
export type Targets = ReadonlyMap<string, ResourceSet>;

/** What a request meant. */
export type RequestOutcome =
  | { readonly kind: 'subscribed' | 'stale' | 'unknown-type'; readonly typeUrl: string }
  | { readonly kind: 'acknowledged'; readonly typeUrl: string; readonly nonce: string; readonly plan: Plan }
  | {
      readonly kind: 'rejected';
      readonly typeUrl: string;
      readonly nonce: string;
      /** What was in the response. */
      readonly names: readonly string[];
      /** The resource that is proven bad and now held back; the others are sent again to find it. */
      readonly proven: { readonly name: string; readonly resource: EncodedResource | undefined } | undefined;
      /** What the client says: a gRPC status code, and its words. */
      readonly code: number;
      readonly message: string;
    };

/** One response that may go out now. `pieces`, written one after the other, are the message. */
export interface PreparedResponse {
  readonly typeUrl: string;
  readonly nonce: string;
  readonly pieces: readonly Uint8Array[];
  readonly byteLength: number;
  readonly plan: Plan;
  /** State of the world: what a response of a type that is sent whole says. */
  readonly world: ResourceSet | undefined;
}

const noTypes: ReadonlySet<string> = new Set();

export interface ServerSessionOptions {
  readonly variant: XdsVariant;
  readonly clock: Clock;
  /** Makes this stream's nonces differ from those of other streams. */
  readonly noncePrefix: string;
}

/**
 * The server's side of one discovery stream, without the stream: requests go in, the responses that may be sent now come
 * out. At most one response a type is outstanding; what changes meanwhile is sent in one piece after its acknowledgement.
 *
 * Order (`typeOrder`): load assignments follow their clusters at once; listeners and routes wait until clusters that are
 * new to the client are acknowledged, removed clusters go when everything that named them is gone, both `orderWaitMs` at
 * most; and for as long as a listener or route is kept at its last good version.
 */
export class ServerSession {
  private readonly states = new Map<string, TypeState>();
  private targets: Targets = new Map();
  private lastNonce = 0;
  private clustersPendingSinceMs: number | undefined;
  private removalsPendingSinceMs: number | undefined;
  /** The client came with clusters, so with listeners and routes that name them, which it states next. */
  private cameWithClusters = false;
  private readonly clustersAhead = new ClustersAhead();

  constructor(private readonly options: ServerSessionOptions) {}

  /** Types that the client asked for, in the order of sending. */
  *types(): IterableIterator<TypeState> {
    for (const { typeUrl } of typeOrder) {
      const state = this.states.get(typeUrl);
      if (state !== undefined) yield state;
    }
  }

  find(typeUrl: string): TypeState | undefined {
    return this.states.get(typeUrl);
  }

  setTargets(targets: Targets): void {
    this.targets = targets;
    for (const [typeUrl, state] of this.states) state.setTarget(targets.get(typeUrl) ?? emptySet);
  }

  /** Sends everything again, changed or not. */
  resendAll(): void {
    for (const state of this.states.values()) state.resendAll();
  }

  /** Nothing to send and nothing on its way: the client holds what it should, but for what it rejected. */
  get settled(): boolean {
    for (const state of this.states.values()) {
      if (state.outstanding !== undefined || state.answerDue || !isEmpty(state.plan())) return false;
    }
    return true;
  }

  receive(request: XdsRequest): RequestOutcome {
    const type = findXdsType(request.typeUrl);
    if (type === undefined) return { kind: 'unknown-type', typeUrl: request.typeUrl };
    const state = this.states.get(type.typeUrl);
    if (state === undefined) return this.open(type, request);
    const outcome = this.settle(state, request);
    if (request.variant === 'delta') subscribeDelta(state, request);
    else if (outcome.kind !== 'stale') subscribeSotw(state, request);
    this.keepWhatLastGoodNames();
    return outcome;
  }

  /**
   * What is inside a listener or route nobody here knows, so while a client keeps the last good version of one, clusters
   * that were removed stay: that version may name them.
   */
  private keepWhatLastGoodNames(): void {
    const keep = clusterNamingTypes.some((typeUrl) => this.states.get(typeUrl)?.holdsLastGood === true);
    this.states.get(TypeUrl.Cluster)?.keepRemoved(keep);
  }

  private open(type: XdsType, request: XdsRequest): RequestOutcome {
    const target = this.targets.get(type.typeUrl) ?? emptySet;
    const followsParent = (): boolean => type.parent !== undefined && this.states.has(type.parent);
    const state = new TypeState(type, target, followsParent);
    this.states.set(type.typeUrl, state);
    if (request.variant === 'delta') {
      if (type.typeUrl === TypeUrl.Cluster) this.cameWithClusters = request.initialVersions.count > 0;
      state.open(request);
    } else state.openSotw(request.names);
    if (type.typeUrl === TypeUrl.Endpoint) {
      state.resendHeld(this.clustersAhead.take());
    }
    for (const other of this.states.values()) other.replan();
    return { kind: 'subscribed', typeUrl: type.typeUrl };
  }

  private settle(state: TypeState, request: XdsRequest): RequestOutcome {
    const { typeUrl, nonce, error } = request;
    if (nonce === '') return { kind: 'subscribed', typeUrl };
    if (nonce !== state.outstanding?.nonce) {
      return { kind: nonce === state.lastNonce ? 'subscribed' : 'stale', typeUrl };
    }
    if (error === undefined) {
      const { plan } = state.acknowledge() ?? { plan: nothingToSend };
      this.restartWaits(typeUrl);
      return { kind: 'acknowledged', typeUrl, nonce, plan };
    }
    const { done, proven } = state.reject(error.message) ?? {};
    invariant(done, 'a response with the outstanding nonce is outstanding');
    const { code, message } = error;
    const names = planNames(done.plan);
    return { kind: 'rejected', typeUrl, nonce, names, proven: findProven(done, proven), code, message };
  }

  /**
   * The next response that may go out, or undefined. Nothing is committed: a later call gives a newer one, so that a
   * caller that has to wait for its turn never sends something old. Types in `except` are passed over: what waits for its
   * turn holds up nothing of other types but what the order asks for.
   */
  next(except: ReadonlySet<string> = noTypes): PreparedResponse | undefined {
    const nowMs = this.options.clock.nowMs();
    this.trackOrder(nowMs);
    for (const state of this.types()) {
      if (state.outstanding !== undefined || except.has(state.type.typeUrl) || this.waits(state, nowMs))
        continue;
      const plan = this.allowed(state, nowMs);
      if (!isEmpty(plan) || state.answerDue) return this.prepare(state, plan);
    }
    return undefined;
  }

  /** When `next` may answer differently although nothing happened; undefined when it will not. */
  get wakeAtMs(): number | undefined {
    const times = [this.clustersPendingSinceMs, this.removalsPendingSinceMs].filter((at) => at !== undefined);
    return times.length === 0 ? undefined : Math.min(...times) + orderWaitMs;
  }

  /** This response was handed to the transport. */
  commit({ typeUrl, nonce, plan, world }: PreparedResponse): void {
    const state = this.states.get(typeUrl);
    invariant(state?.outstanding === undefined, 'one response of a type is outstanding at most');
    this.lastNonce += 1;
    state?.send({ nonce, target: state.targetSet, plan, world, superseded: new Set() });
    if (typeUrl === TypeUrl.Cluster) this.followClusters(plan.changed);
    if (this.options.variant === 'sotw') this.answerChildren(typeUrl);
  }

  /** A changed cluster warms until its endpoints come again, and no request asks for them. */
  private followClusters(clusters: readonly EncodedResource[]): void {
    const endpoints = this.states.get(TypeUrl.Endpoint);
    if (endpoints === undefined) this.clustersAhead.add(clusters);
    else endpoints.resendHeld(clusters.map(({ name }) => name));
  }

  /** A state-of-the-world client asks for the same names again, and waits, when the parent changed. */
  private answerChildren(parent: string): void {
    for (const state of this.states.values()) if (state.type.parent === parent) state.answerNextRequest();
  }

  private trackOrder(nowMs: number): void {
    const clusters = this.states.get(TypeUrl.Cluster);
    const plan = clusters?.plan();
    const adding = clusters?.outstanding?.plan.adds === true || plan?.adds === true;
    const removing = (plan?.removed.length ?? 0) > 0;
    this.clustersPendingSinceMs = adding ? (this.clustersPendingSinceMs ?? nowMs) : undefined;
    this.removalsPendingSinceMs = removing ? (this.removalsPendingSinceMs ?? nowMs) : undefined;
  }

  /**
   * The client keeps up: what is pending now is not what was pending before. Without this, changes that follow each other
   * closely would look like one that nobody acknowledges, and a cluster would go while routes still name it.
   */
  private restartWaits(acknowledged: string): void {
    if (acknowledged === TypeUrl.Cluster) this.clustersPendingSinceMs = undefined;
    this.removalsPendingSinceMs = undefined;
  }

  private waits({ type }: TypeState, nowMs: number): boolean {
    if (!type.namesClusters) return false;
    return this.clustersPendingSinceMs !== undefined && nowMs < this.clustersPendingSinceMs + orderWaitMs;
  }

  private allowed(state: TypeState, nowMs: number): Plan {
    const plan = state.plan();
    if (state.type.typeUrl !== TypeUrl.Cluster || plan.removed.length === 0) return plan;
    const late = nowMs >= (this.removalsPendingSinceMs ?? nowMs) + orderWaitMs;
    return late || this.nothingNamesClusters() ? plan : withoutRemovals(plan);
  }

  private nothingNamesClusters(): boolean {
    if (this.cameWithClusters && !clusterNamingTypes.every((typeUrl) => this.states.has(typeUrl)))
      return false;
    for (const state of this.states.values()) {
      if (!state.type.namesClusters) continue;
      if (state.outstanding !== undefined || !isEmpty(state.plan())) return false;
    }
    return true;
  }

  private prepare(state: TypeState, plan: Plan): PreparedResponse {
    const { typeUrl } = state.type;
    const nonce = `${this.options.noncePrefix}${(this.lastNonce + 1).toString(36)}`;
    const isWhole = this.options.variant === 'sotw' && state.type.wildcard;
    const world = isWhole ? nextWorld(state, plan) : undefined;
    const prefix = encodePrefix(typeUrl, nonce, setDigest(world ?? state.targetSet));
    const body = world === undefined ? this.body(plan) : worldBody(world, state.subscription);
    const pieces = [prefix, ...body];
    const byteLength = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return { typeUrl, nonce, pieces, byteLength, plan, world };
  }

  private body(plan: Plan): readonly Uint8Array[] {
    const { variant } = this.options;
    const { shared, changed, removed } = plan;
    const resources = shared === undefined ? frameResources(changed, variant) : [shared.changedBody(variant)];
    if (variant === 'sotw' || removed.length === 0) return resources;
    return [...resources, shared === undefined ? encodeRemoved(removed) : shared.removedBody()];
  }
}

const clusterNamingTypes = typeOrder
  .filter(({ namesClusters }) => namesClusters)
  .map(({ typeUrl }) => typeUrl);

function findProven(
  { plan }: Outstanding,
  name: string | undefined,
): { readonly name: string; readonly resource: EncodedResource | undefined } | undefined {
  if (name === undefined) return undefined;
  return { name, resource: plan.changed.find((resource) => resource.name === name) };
}

function subscribeDelta(state: TypeState, { subscribe, unsubscribe }: DeltaRequest): void {
  for (const name of unsubscribe) state.unsubscribe(name);
  if (subscribe.count > 0) for (const name of subscribe.decode()) state.subscribe(name);
}

function subscribeSotw(state: TypeState, { names, nonce }: SotwRequest): void {
  state.replaceNames(names, nonce === '');
}
