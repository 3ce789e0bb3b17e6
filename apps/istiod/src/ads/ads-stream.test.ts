import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { noMetrics, silentLogger, SortedMap } from '@istio-ts/foundation';
import { eventually, HeldClock } from '@istio-ts/testkit';
import {
  decodeDeltaResponse,
  encodeDeltaRequest,
  TypeUrl,
  type DeltaRequestFields,
  type DeltaResponse,
  type Targets,
} from '@istio-ts/xds-protocol';
import { core, type EncodedResource, type ResourceSet } from '@istio-ts/xds-types';
import { ChangeTracker } from '../push/change-tracker.js';
import { PushLoop } from '../push/push-loop.js';
import { AdsStream, type AdsCall } from './ads-stream.js';
import { LargeSlots } from './large-slots.js';
import { RequestSlices } from './request-slices.js';
import type { Rope } from './transport.js';

const node = core.Node.encode(
  core.Node.fromPartial({ id: 'sidecar~10.0.0.1~web.shop~shop.svc.cluster.local' }),
).finish();

/** The far end of a call: what is written to it is acknowledged by nobody. */
class Call extends EventEmitter {
  readonly responses: DeltaResponse[] = [];

  getPeer(): string {
    return 'peer';
  }

  write({ pieces }: Rope): boolean {
    this.responses.push(decodeDeltaResponse(Buffer.concat(pieces)));
    return true;
  }

  send(request: DeltaRequestFields): void {
    this.emit('data', encodeDeltaRequest(request));
  }
}

function setOf(typeUrl: string, version: string, size: number): ResourceSet {
  const resource: EncodedResource = {
    name: 'a',
    typeUrl,
    version,
    bytes: Buffer.alloc(size, 1),
    origins: [],
  };
  return SortedMap.from([['a', resource]]);
}

function setup(slots: number) {
  const clock = new HeldClock(1_000_000);
  const mesh: { targets: Targets } = { targets: new Map() };
  const tracker = new ChangeTracker({ clock, metrics: noMetrics, report: () => undefined });
  const context = { clock, metrics: noMetrics, logger: silentLogger, tracker };
  const push = new PushLoop({
    ...context,
    left: () => undefined,
    make: () => [].values(),
    targetsFor: () => mesh.targets,
  });
  const bounded = new LargeSlots({ clock, slots });
  const call = new Call();
  const streams = { ...context, push, slots: bounded, slices: new RequestSlices() };
  new AdsStream(call as unknown as AdsCall, 'delta', streams).run();
  push.start();
  const change = (sets: Readonly<Record<string, ResourceSet>>): void => {
    mesh.targets = new Map([...mesh.targets, ...Object.entries(sets)]);
    push.pushAll();
  };
  return { call, bounded, change, sent: () => call.responses.map(({ typeUrl }) => typeUrl) };
}

const large = 100_000;

test('a small response passes by large ones that wait for a slot, and the slot then serves them one by one', async () => {
  const { call, bounded, change, sent } = setup(1);
  const busy = bounded.take();
  change({
    [TypeUrl.Cluster]: setOf(TypeUrl.Cluster, '1', large),
    [TypeUrl.Endpoint]: setOf(TypeUrl.Endpoint, '1', 10),
    [TypeUrl.Listener]: setOf(TypeUrl.Listener, '1', 10),
  });
  const held = new Map([['a', '0']]);
  call.send({ typeUrl: TypeUrl.Cluster, node, initialVersions: held });
  call.send({ typeUrl: TypeUrl.Endpoint, subscribe: ['a'], initialVersions: held });
  await eventually(() => expect(sent()).toEqual([TypeUrl.Endpoint]));
  busy?.();
  await eventually(() => expect(sent()).toContain(TypeUrl.Cluster));
});
