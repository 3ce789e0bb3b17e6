import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ResourceSet } from '@istio-ts/xds-types';
import { HeldClock } from '@istio-ts/testkit';
import { TypeUrl } from '../type-order.js';
import { decodeDeltaResponse, type DeltaResponse } from '../wire/response.js';
import { ModelEnvoy, modelSet, type ModelSpec } from './model-envoy.test-support.js';
import { ServerSession } from './server-session.js';

const { Cluster, Endpoint, Listener, Route } = TypeUrl;

/** What the user configured: services with a revision of cluster and endpoints, and routes to some of them. */
interface World {
  readonly services: Readonly<Record<string, { cluster: number; endpoints: number }>>;
  readonly routes: Readonly<Record<string, { revision: number; bad: boolean }>>;
}

const world: fc.Arbitrary<World> = fc.record({
  services: fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.record({ cluster: fc.nat(2), endpoints: fc.nat(2) }),
  ),
  routes: fc.dictionary(
    fc.constantFrom('80', '443', '9080'),
    fc.record({ revision: fc.nat(2), bad: fc.boolean() }),
  ),
});

type Step =
  | { readonly kind: 'world'; readonly world: World }
  | { readonly kind: 'serve' | 'answer' | 'reconnect'; readonly world?: undefined };

const step: fc.Arbitrary<Step> = fc.oneof(
  world.map((next) => ({ kind: 'world' as const, world: next })),
  { weight: 4, arbitrary: fc.constantFrom({ kind: 'serve' as const }, { kind: 'answer' as const }) },
  fc.constant({ kind: 'reconnect' as const }),
);

function sets({ services, routes }: World): ReadonlyMap<string, ResourceSet> {
  const clusters = Object.keys(services).sort();
  const each = <T>(of: Readonly<Record<string, T>>, make: (value: T, name: string) => ModelSpec) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, make(value, name)]));
  return new Map([
    [
      Cluster,
      modelSet(
        Cluster,
        each(services, ({ cluster }) => ({ revision: cluster })),
      ),
    ],
    [
      Endpoint,
      modelSet(
        Endpoint,
        each(services, ({ endpoints }) => ({ revision: endpoints })),
      ),
    ],
    [
      Listener,
      modelSet(
        Listener,
        each(routes, (_, name) => ({ revision: 0, routes: [name] })),
      ),
    ],
    [
      Route,
      modelSet(
        Route,
        each(routes, ({ revision, bad }) => ({ revision, bad, clusters })),
      ),
    ],
  ]);
}

/** Server and model proxy with a queue in each direction. */
class Rig {
  readonly clock = new HeldClock();
  readonly envoy = new ModelEnvoy();
  sent = 0;
  private session: ServerSession;
  private toEnvoy: DeltaResponse[] = [];
  private targets: ReadonlyMap<string, ResourceSet> = new Map();

  constructor() {
    this.session = this.connect();
  }

  run(action: Step): void {
    if (action.kind === 'world') this.configure(action.world);
    else if (action.kind === 'serve') this.serve();
    else if (action.kind === 'answer') this.answer();
    else this.session = this.connect();
  }

  configure(next: World): void {
    this.targets = sets(next);
    this.session.setTargets(this.targets);
  }

  /** Runs until both sides are quiet, and stay so however long one waits. */
  settle(): void {
    for (let round = 0; round < 500; round += 1) {
      if (this.serve() || this.answer()) continue;
      const wakeAtMs = this.session.wakeAtMs ?? 0;
      if (wakeAtMs <= this.clock.nowMs()) return;
      this.clock.advance(wakeAtMs - this.clock.nowMs());
    }
    throw new Error('the conversation does not come to rest');
  }

  get settled(): boolean {
    return this.session.settled;
  }

  reconnect(): void {
    this.session = this.connect();
  }

  private connect(): ServerSession {
    const session = new ServerSession({ variant: 'delta', clock: this.clock, noncePrefix: `${this.sent}-` });
    session.setTargets(this.targets);
    this.toEnvoy = [];
    this.envoy.connect();
    return session;
  }

  private serve(): boolean {
    for (const request of this.envoy.takeRequests()) this.session.receive(request);
    const prepared = this.session.next();
    if (prepared === undefined) return false;
    this.session.commit(prepared);
    this.sent += 1;
    this.toEnvoy.push(decodeDeltaResponse(Buffer.concat(prepared.pieces)));
    return true;
  }

  private answer(): boolean {
    const response = this.toEnvoy.shift();
    if (response !== undefined) this.envoy.receive(response);
    return response !== undefined;
  }
}

/** Of what is rejected an older version may be held, and clusters that this one names. */
function check(rig: Rig, last: World): void {
  const bad = new Set(Object.entries(last.routes).flatMap(([name, route]) => (route.bad ? [name] : [])));
  for (const [typeUrl, set] of sets(last)) {
    const counts = (name: string): boolean => {
      if (bad.size === 0 || typeUrl === Listener) return true;
      return typeUrl === Route ? !bad.has(name) : set.has(name);
    };
    const held = [...rig.envoy.of(typeUrl)].filter(([name]) => counts(name)).sort();
    const wanted = [...set].filter(([name]) => counts(name));
    expect(held, typeUrl).toEqual(wanted.map(([name, { version }]) => [name, version]));
  }
}

test('whatever the interleaving, the proxy ends with what is configured, and at no time a route names a missing cluster', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), world, (steps, last) => {
      const rig = new Rig();
      for (const action of steps) rig.run(action);
      rig.configure(last);
      rig.settle();
      expect(rig.settled).toBe(true);
      check(rig, last);
      expect(rig.envoy.dangling).toEqual([]);
      expect(rig.envoy.orphaned).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('a proxy that reconnects when all is quiet, with nothing rejected, is sent nothing', () => {
  fc.assert(
    fc.property(world, (drawn) => {
      const routes = Object.fromEntries(
        Object.entries(drawn.routes).map(([name, route]) => [name, { ...route, bad: false }]),
      );
      const rig = new Rig();
      rig.configure({ ...drawn, routes });
      rig.settle();
      const before = rig.sent;
      const holds = [Cluster, Listener].filter((typeUrl) => rig.envoy.of(typeUrl).size > 0);
      rig.reconnect();
      rig.settle();
      // A wildcard type of which nothing is held is answered, as a first subscription is.
      expect(rig.sent - before).toBe(2 - holds.length);
    }),
    { numRuns: 100 },
  );
});
