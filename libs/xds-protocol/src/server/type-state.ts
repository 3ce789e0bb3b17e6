import type { EncodedResource, ResourceSet } from '@istio-ts/xds-types';
import { deltaBetween } from '../resource-delta.js';
import { emptyResource, emptySet, setDigest } from '../resource-sets.js';
import type { XdsType } from '../type-order.js';
import type { HeldVersions, NameList } from '../wire/in-place.js';
import type { DeltaRequest } from '../wire/request.js';
import { absent, HeldLedger, unknown } from './held-ledger.js';
import { isEmpty, nothingToSend, planNames, restrict, type Plan } from './plan.js';
import { everything, Subscription } from './subscription.js';
import { Suspects } from './suspects.js';

/** A response on its way: what it will have told the client once it is acknowledged. */
export interface Outstanding {
  readonly nonce: string;
  readonly target: ResourceSet;
  readonly plan: Plan;
  /** State of the world, types whose responses are the whole set: what this response says. */
  readonly world: ResourceSet | undefined;
  /** Names that must be sent again whatever the acknowledgement of this response says. */
  readonly superseded: Set<string>;
}

export interface Rejected {
  readonly done: Outstanding;
  /** The one name that the response was about: proven bad. */
  readonly proven: string | undefined;
}

/**
 * One type on one stream: what the client should hold, what it asked for, what it holds, and what is on its way. The
 * difference of these is what to send; nothing is queued, so the latest state wins.
 */
export class TypeState {
  readonly subscription = new Subscription();
  outstanding: Outstanding | undefined;
  /** An answer is due even where there is nothing to send: the client waits for one. */
  answerDue = false;
  /** Nonces of the last response sent and of the last one acknowledged; empty before. */
  lastNonce = '';
  acknowledgedNonce = '';
  private answersNext = false;
  private target: ResourceSet;
  private ledger = new HeldLedger();
  private readonly suspects = new Suspects();
  private readonly heldBack = new Map<string, string>();
  /** Names of which a newer version was rejected: the client keeps an older one until it takes another. */
  private readonly lastGood = new Set<string>();
  private keepsRemoved = false;
  private lastWorld = emptySet;
  private planned: Plan | undefined;

  constructor(
    readonly type: XdsType,
    target: ResourceSet,
    private readonly followsParent: () => boolean,
  ) {
    this.target = target;
  }

  get targetSet(): ResourceSet {
    return this.target;
  }

  /** State of the world, types whose responses are the whole set: what the client acknowledged last. */
  get world(): ResourceSet {
    return this.lastWorld;
  }

  /** Whether the client keeps the last good version of something, because it rejected newer ones. */
  get holdsLastGood(): boolean {
    return this.lastGood.size > 0;
  }

  /** Whether nothing is removed for now: what the client keeps at its last good version may name it. */
  keepRemoved(keep: boolean): void {
    if (keep === this.keepsRemoved) return;
    this.keepsRemoved = keep;
    this.planned = undefined;
  }

  setTarget(target: ResourceSet): void {
    if (target === this.target) return;
    if (this.type.emptyWhenMissing) this.keepUnanswered(target);
    this.target = target;
    this.subscription.rebase(target);
    this.planned = undefined;
  }

  /** A name that vanishes before it was ever sent is still waited for. */
  private keepUnanswered(next: ResourceSet): void {
    for (const name of deltaBetween(this.target, next).removed) {
      const answered = this.ledger.held(name) !== absent || this.outstanding?.target.has(name) === true;
      if (!answered && this.subscription.has(name)) this.ledger.record(name, unknown);
    }
  }

  /**
   * The first request of a delta stream: what is asked for, and what a returning client says that it holds. A name without
   * a version is how the relay beside a proxy says that the proxy rejected one, and so keeps another.
   */
  open({ subscribe, initialVersions }: DeltaRequest): void {
    this.planned = undefined;
    const exact = this.subscribeFirst(subscribe, initialVersions);
    this.answerDue = initialVersions.count === 0;
    if (initialVersions.count === 0) return;
    this.ledger = new HeldLedger(this.target);
    if (exact && initialVersions.digest === setDigest(this.target)) return;
    const held = initialVersions.decode();
    const asked = this.subscription.wildcard ? this.target.keys() : this.subscription.names();
    for (const name of asked) this.ledger.record(name, held.get(name) ?? unknown);
    for (const [name, version] of held) {
      if (version === absent) this.lastGood.add(name);
      if (version === absent || !this.target.has(name)) this.ledger.record(name, version || unknown);
    }
  }

  /** Whether the client asks for exactly the names of the target. */
  private subscribeFirst(names: NameList, held: HeldVersions): boolean {
    if (this.type.wildcard && names.count === 0) {
      this.subscription.wildcard = true;
      return true;
    }
    if (this.subscription.adopt(names, this.target)) return true;
    for (const name of names.count === 0 ? held.decode().keys() : names.decode()) this.subscribe(name);
    return false;
  }

  /** The first request of a state-of-the-world stream: it says nothing of use about what the client holds. */
  openSotw(names: NameList): void {
    this.replaceNames(names, true);
    this.answerDue = names.count > 0 || this.type.wildcard;
  }

  /**
   * A state-of-the-world request states all names. New ones are answered; all are, where the request is a first one
   * (`afresh`) or the client waits for an answer.
   */
  replaceNames(names: NameList, afresh: boolean): void {
    const all = afresh || this.answersNext;
    this.answersNext = false;
    this.planned = undefined;
    if (afresh) this.outstanding = undefined;
    if (this.type.wildcard && names.count === 0) {
      this.subscription.wildcard = true;
      if (all) this.resendAll();
      return;
    }
    if (this.ledger.holdsNothing && this.subscription.adopt(names, this.target)) return;
    const wanted = new Set(names.decode());
    const gone = [...this.subscription.names()].filter((name) => !wanted.has(name));
    for (const name of gone) this.unsubscribe(name);
    for (const name of wanted) if (all || !this.subscription.has(name)) this.subscribe(name);
  }

  /** The parent was sent: the client asks again for names that it has, and waits for an answer. */
  answerNextRequest(): void {
    this.answersNext = true;
  }

  replan(): void {
    this.planned = undefined;
  }

  send(response: Outstanding): void {
    this.outstanding = response;
    this.lastNonce = response.nonce;
    this.answerDue = false;
    this.planned = undefined;
  }

  /** A name that is asked for anew is always answered. */
  subscribe(name: string): void {
    this.planned = undefined;
    this.subscription.add(name);
    if (name !== everything) this.resend(name);
  }

  unsubscribe(name: string): void {
    this.planned = undefined;
    this.subscription.remove(name);
    if (name === everything) return;
    this.ledger.drop(name);
    this.lastGood.delete(name);
    this.suspects.clear([name]);
  }

  /** Takes the name as not held, so that it is sent, also where an acknowledgement for it is still on its way. */
  resend(name: string): void {
    this.planned = undefined;
    this.ledger.record(name, unknown);
    this.outstanding?.superseded.add(name);
  }

  /** As `resend`, for names that the client holds: a cluster changed, and warms until its endpoints come again. */
  resendHeld(names: Iterable<string>): void {
    if (this.ledger.holdsNothing && this.outstanding === undefined) return;
    for (const name of names) if (this.subscription.has(name) && this.target.has(name)) this.resend(name);
  }

  resendAll(): void {
    if (this.ledger.holdsNothing && this.outstanding === undefined) return;
    for (const name of this.target.keys()) if (this.subscription.has(name)) this.resend(name);
  }

  /** What has still to be sent, suspects first and alone. */
  plan(): Plan {
    this.planned ??= this.computePlan();
    return this.planned;
  }

  private computePlan(): Plan {
    const all = this.wholePlan();
    for (let group = this.suspects.next; group !== undefined; group = this.suspects.next) {
      const alone = restrict(all, group);
      if (!isEmpty(alone)) return alone;
      this.suspects.clear(group);
    }
    return all;
  }

  private wholePlan(): Plan {
    if (this.ledger.inStep && this.ledger.base === this.target) return nothingToSend;
    const delta = deltaBetween(this.ledger.base, this.target);
    const named = !this.subscription.wildcard;
    const followsDelta = delta.removed.length === 0 || (named ? this.followsParent() : !this.keepsRemoved);
    if (
      this.ledger.inStep &&
      this.heldBack.size === 0 &&
      this.subscription.covers(this.target) &&
      followsDelta
    ) {
      const { changed, added } = delta;
      return { changed, removed: named ? [] : delta.removed, adds: added.length > 0, shared: delta };
    }
    const names = new Set([...delta.changed.map(({ name }) => name), ...delta.removed]);
    for (const name of this.ledger.deviating()) names.add(name);
    return this.composePlan(names);
  }

  private composePlan(names: ReadonlySet<string>): Plan {
    const changed: EncodedResource[] = [];
    const removed: string[] = [];
    let adds = false;
    for (const name of [...names].sort()) {
      if (!this.subscription.has(name)) continue;
      const held = this.ledger.held(name);
      const wanted = this.wanted(name);
      const version = wanted?.version ?? absent;
      if (held === version || this.isHeldBack(name, version)) continue;
      if (wanted === undefined) {
        if (!this.type.emptyWhenMissing && !this.keepsRemoved) removed.push(name);
      } else {
        changed.push(wanted);
        adds ||= held === absent || held === unknown;
      }
    }
    return { changed, removed, adds, shared: undefined };
  }

  /** Resources that the client rejected and that have no newer version since. */
  *rejected(): IterableIterator<EncodedResource> {
    for (const [name, version] of this.heldBack) {
      const resource = this.target.get(name);
      if (resource?.version === version && this.subscription.has(name)) yield resource;
    }
  }

  private isHeldBack(name: string, version: string): boolean {
    const bad = this.heldBack.get(name);
    if (bad !== undefined && bad !== version) this.heldBack.delete(name);
    return bad === version;
  }

  private wanted(name: string): EncodedResource | undefined {
    const resource = this.target.get(name);
    if (resource !== undefined || !this.type.emptyWhenMissing) return resource;
    const answered = this.ledger.held(name) !== unknown || this.lastGood.has(name);
    const stale = answered && this.followsParent();
    return stale ? undefined : emptyResource(this.type.typeUrl, name);
  }

  /** The client applied the outstanding response; returns what it acknowledged. */
  acknowledge(): Outstanding | undefined {
    const done = this.outstanding;
    if (done === undefined) return undefined;
    this.outstanding = undefined;
    this.planned = undefined;
    this.acknowledgedNonce = done.nonce;
    const { plan, target, superseded, world } = done;
    if (plan.shared !== undefined && plan.removed.length === this.sharedRemovals(plan)) {
      this.ledger.step(target);
    } else {
      for (const { name, version } of plan.changed) this.settle(name, version, superseded);
      for (const name of plan.removed) this.settle(name, absent, superseded);
      this.ledger.rebase(target, (name) => this.subscription.has(name));
    }
    if (world !== undefined) this.lastWorld = this.ledger.inStep ? this.ledger.base : world;
    if (this.holdsLastGood) for (const name of planNames(plan)) this.lastGood.delete(name);
    this.suspects.clear(planNames(plan));
    return done;
  }

  private sharedRemovals({ shared }: Plan): number {
    return this.subscription.wildcard ? (shared?.removed.length ?? 0) : 0;
  }

  private settle(name: string, held: string, superseded: ReadonlySet<string>): void {
    if (!superseded.has(name) && this.subscription.has(name)) this.ledger.record(name, held);
  }

  /**
   * The client rejected the outstanding response. Everything in it stays dirty, and is sent again in smaller groups. Where
   * it was one resource, that is held back at this version: only a new version is sent again.
   */
  reject(message: string): Rejected | undefined {
    const done = this.outstanding;
    if (done === undefined) return undefined;
    this.outstanding = undefined;
    this.planned = undefined;
    const names = planNames(done.plan);
    for (const name of names) if (this.subscription.has(name)) this.recordRejected(name);
    const proven = names.length === 1 ? names[0] : undefined;
    if (proven === undefined) {
      this.suspects.rejected(names, message);
      return { done, proven };
    }
    this.suspects.clear(names);
    this.heldBack.set(proven, done.plan.changed[0]?.version ?? absent);
    return { done, proven };
  }

  /** Which version the client holds now is not known: it may have taken any part of what it rejected. */
  private recordRejected(name: string): void {
    const held = this.ledger.held(name);
    if (held !== absent && held !== unknown) this.lastGood.add(name);
    this.ledger.record(name, unknown);
  }
}
