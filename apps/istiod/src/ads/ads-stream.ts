import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import { MeshError, MeshErrorCode, type Clock, type Logger, type Metrics } from '@istio-ts/foundation';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import type { EncodedResource } from '@istio-ts/xds-types';
import {
  decodeDeltaRequest,
  decodeSotwRequest,
  emptySet,
  ServerSession,
  shortTypeName,
  type PreparedResponse,
  type RequestOutcome,
  type Targets,
  type XdsRequest,
  type XdsVariant,
} from '@istio-ts/xds-protocol';
import type { ChangeTracker } from '../push/change-tracker.js';
import type { PushLoop, PushTarget } from '../push/push-loop.js';
import { metricTable } from '../telemetry/metric-table.js';
import { anonymous, checkClaim, type Caller } from './caller.js';
import { grpcStatus } from './grpc-status.js';
import type { LargeSlots } from './large-slots.js';
import { parseProxyNode } from './proxy-node.js';
import { Rejections } from './rejections.js';
import { smallRequestBytes, type RequestSlices } from './request-slices.js';
import { Rope } from './transport.js';

export type AdsCall = ServerDuplexStream<Buffer, Rope>;

export interface AdsStreamContext {
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly push: PushLoop;
  readonly tracker: ChangeTracker;
  readonly slots: LargeSlots;
  readonly slices: RequestSlices;
}

/** Larger responses wait for one of a bounded number of slots. */
const largeResponseBytes = 32 * 1024;
let streamCount = 0;

/** One discovery stream of a proxy: the state machine of xds-protocol between a gRPC call and the push loop. */
export class AdsStream implements PushTarget {
  readonly connectedAtMs: number;
  readonly connectionNumber = (streamCount += 1);
  readonly session: ServerSession;
  readonly rejections = new Rejections();
  private proxy: ProxyNode | undefined;
  private ready = false;
  private closed = false;
  /** Requests that came before the first state of the mesh was there. */
  private early: XdsRequest[] = [];
  private slicedRequests = 0;
  private slot: (() => void) | undefined;
  /** Gives up waiting for a slot. */
  private stopWaiting: (() => void) | undefined;
  /** Types with a large response that waits for a slot. */
  private readonly waitingTypes = new Set<string>();
  private cancelWake: (() => void) | undefined;

  constructor(
    private readonly call: AdsCall,
    readonly variant: XdsVariant,
    private readonly context: AdsStreamContext,
    readonly caller: Caller = anonymous,
  ) {
    this.connectedAtMs = context.clock.nowMs();
    const noncePrefix = `${this.connectedAtMs.toString(36)}-${this.connectionNumber.toString(36)}-`;
    this.session = new ServerSession({ variant, clock: context.clock, noncePrefix });
  }

  get node(): ProxyNode {
    if (this.proxy === undefined)
      throw new MeshError(MeshErrorCode.Protocol, 'the stream has not said who it is');
    return this.proxy;
  }

  /** `webapp-1.default` */
  get name(): string {
    return this.proxy === undefined ? this.call.getPeer() : `${this.proxy.name}.${this.proxy.namespace}`;
  }

  get peer(): string {
    return this.call.getPeer();
  }

  run(): void {
    this.call.on('data', (bytes: Buffer) => this.accept(bytes));
    this.call.on('end', () => this.call.end());
    this.call.on('error', () => this.close());
    this.call.on('cancelled', () => this.close());
    this.call.on('close', () => this.close());
  }

  private accept(bytes: Buffer): void {
    if (bytes.length <= smallRequestBytes && this.slicedRequests === 0) {
      this.guard(() => this.handle(bytes));
      return;
    }
    this.slicedRequests += 1;
    this.context.slices.add(() => {
      this.slicedRequests -= 1;
      if (!this.closed) this.guard(() => this.handle(bytes));
    });
  }

  private handle(bytes: Buffer): void {
    const request = this.variant === 'delta' ? decodeDeltaRequest(bytes) : decodeSotwRequest(bytes);
    if (this.proxy === undefined) this.introduce(request);
    if (this.ready) this.receive(request);
    else this.early.push(request);
  }

  private introduce({ node }: XdsRequest): void {
    if (node === undefined) {
      throw new MeshError(MeshErrorCode.Protocol, 'the first request of a stream must carry the node');
    }
    const proxy = parseProxyNode(node);
    checkClaim(this.caller, proxy);
    this.proxy = proxy;
    this.context.logger.info('proxy connected', { proxy: this.name, peer: this.peer, variant: this.variant });
    this.context.push.attach(this);
  }

  applyTargets(targets: Targets): boolean {
    if (this.closed) return false;
    let touched = !this.ready;
    for (const { type, targetSet } of this.session.types()) {
      if (targetSet !== (targets.get(type.typeUrl) ?? emptySet)) touched = true;
    }
    this.session.setTargets(targets);
    this.ready = true;
    const early = this.early;
    this.early = [];
    for (const request of early) this.receive(request);
    this.pump();
    if (this.session.settled) this.context.tracker.settled(this);
    return touched && !this.session.settled;
  }

  /** Sends everything again. */
  resendAll(): void {
    this.session.resendAll();
    this.pump();
  }

  private receive(request: XdsRequest): void {
    this.note(this.session.receive(request));
    this.pump();
    if (this.session.settled) this.context.tracker.settled(this);
  }

  private note(outcome: RequestOutcome): void {
    const { metrics, logger } = this.context;
    const type = shortTypeName(outcome.typeUrl).toLowerCase();
    if (outcome.kind === 'acknowledged') this.rejections.acknowledged(outcome.typeUrl, outcome.plan);
    if (outcome.kind === 'stale') metrics.increment('pilot_xds_expired_nonce', { type });
    if (outcome.kind !== 'rejected') return;
    const { proven, code, message, names } = outcome;
    metrics.increment('pilot_total_xds_rejects', { type });
    const perType = `pilot_xds_${type}_reject`;
    if (perType in metricTable)
      metrics.increment(perType, { node: this.node.id, err: status[code] ?? String(code) });
    logger.warn('a proxy rejected a response', {
      proxy: this.name,
      type,
      message,
      proven: proven?.name,
      names: names.slice(0, 10),
    });
    if (proven !== undefined) this.noteProven(outcome.typeUrl, proven, message);
  }

  private noteProven(
    typeUrl: string,
    { name, resource }: { readonly name: string; readonly resource: EncodedResource | undefined },
    message: string,
  ): void {
    const { tracker } = this.context;
    const changed = tracker.objectsOnTheWayTo(this);
    const rejection = this.rejections.note(typeUrl, name, {
      origins: resource?.origins ?? [],
      changed,
      message,
    });
    const { objects } = rejection;
    const object = objects.length === 0 ? name : objects.join(', ');
    tracker.rejected(this, { proxy: this.name, object, message: rejection.message });
  }

  /** Sends what may be sent now: a large response waits for a slot, small ones of other types pass by. */
  private pump(): void {
    if (!this.ready || this.closed) return;
    const { session, waitingTypes } = this;
    for (let next = session.next(waitingTypes); next !== undefined; next = session.next(waitingTypes)) {
      const isLarge = next.byteLength > largeResponseBytes;
      if (isLarge) this.slot ??= this.context.slots.take();
      if (isLarge && this.slot === undefined) waitingTypes.add(next.typeUrl);
      else this.send(next);
    }
    if (waitingTypes.size > 0) this.stopWaiting ??= this.waitForSlot();
    this.wakeLater();
  }

  private waitForSlot(): () => void {
    return this.context.slots.wait((release) => {
      this.stopWaiting = undefined;
      this.waitingTypes.clear();
      this.slot = release;
      this.guard(() => this.pump());
      this.leaveSlot();
    });
  }

  /** What was large may have become small, or nothing, while it waited. */
  private leaveSlot(): void {
    this.slot?.();
    this.slot = undefined;
  }

  private send(response: PreparedResponse): void {
    const { metrics, clock } = this.context;
    this.session.commit(response);
    const isLarge = response.byteLength > largeResponseBytes;
    const release = isLarge ? this.slot : undefined;
    if (isLarge) this.slot = undefined;
    const type = shortTypeName(response.typeUrl).toLowerCase();
    const startMs = clock.nowMs();
    metrics.increment('pilot_xds_pushes', { type });
    metrics.observe('pilot_xds_config_size_bytes', response.byteLength, { type });
    this.call.write(new Rope(response.pieces), () => {
      release?.();
      metrics.observe('pilot_xds_send_time', (clock.nowMs() - startMs) / 1000);
    });
  }

  private wakeLater(): void {
    this.cancelWake?.();
    this.cancelWake = undefined;
    const atMs = this.session.wakeAtMs;
    if (atMs === undefined) return;
    const { clock } = this.context;
    if (atMs > clock.nowMs())
      this.cancelWake = clock.setTimer(atMs - clock.nowMs(), () => this.guard(() => this.pump()));
  }

  private guard(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  private fail(thrown: unknown): void {
    const { logger, metrics } = this.context;
    const { code, details } = grpcStatus(thrown);
    if (!(thrown instanceof MeshError)) {
      metrics.increment('pilot_total_xds_internal_errors');
      logger.error('internal error: a stream is ended', {
        proxy: this.name,
        reason: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
      });
    } else {
      logger.warn('a stream is refused', { proxy: this.name, peer: this.peer, reason: details });
    }
    this.close();
    this.call.emit('error', { code, details });
  }

  private close(): void {
    if (this.closed) return;
    this.closed = true;
    this.stopWaiting?.();
    this.leaveSlot();
    this.cancelWake?.();
    if (this.proxy === undefined) return;
    this.context.push.detach(this);
    this.context.logger.info('proxy disconnected', { proxy: this.name });
  }
}
