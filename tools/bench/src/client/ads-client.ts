import { encodeDeltaRequest, type DeltaRequestFields } from '@istio-ts/xds-protocol';
import { bytesField } from '../wire/protobuf.js';
import { AdsConnection, type ConnectionSupplies, type Target } from './ads-connection.js';
import type { Catalog, TypeCatalog } from './catalog.js';
import { childOf, discoveryTypes, typeOfUrl, typeUrlOf, type DiscoveryType } from './discovery-types.js';
import type { ExpectedChange, Goal } from './goal.js';
import { Holdings } from './holdings.js';
import type { RequestCache } from './request-cache.js';
import type { ReadResponse, ResponseReader } from './response-reader.js';
import { scanHead } from './response-scan.js';

/** What all clients of a process share. */
export interface ClientSurroundings extends ConnectionSupplies {
  readonly catalog: Catalog;
  readonly requests: RequestCache;
  readonly responses: ResponseReader;
}

export interface ClientEvents {
  /** A response came, before it is looked at. */
  received(bytes: Buffer): void;
  /** The goal is reached, at this response. */
  reached(): void;
  failed(reason: string): void;
}

/** The name of a load assignment that nobody has: asked for behind a reconnect, its answer says that the rest was read. */
export const probeName = 'outbound|8080||bench-probe.invalid';

interface Awaited extends ExpectedChange {
  readonly number: number;
  readonly was: number | undefined;
}

/**
 * A proxy as far as the discovery server can tell: asks for clusters, then for their load assignments, then for listeners
 * and their routes, as Envoy starts up; acknowledges everything; states what it holds when it comes back.
 */
export class AdsClient {
  private connection: AdsConnection | undefined;
  private holdings = createHoldings();
  private goal: Goal = { kind: 'live' };
  private awaited: readonly Awaited[] = [];
  private done = false;

  constructor(
    /** Bytes of its `Node`. */
    private readonly node: Buffer,
    private readonly surroundings: ClientSurroundings,
    private readonly events: ClientEvents,
  ) {}

  /** Sets what to wait for next. `changes` are measured from what is held now. */
  expect(goal: Goal): void {
    this.goal = goal;
    this.done = false;
    this.forgetProbe();
    const changes = goal.kind === 'changes' ? goal.changes : [];
    this.awaited = changes.map((change) => {
      const number = this.surroundings.catalog[change.type].names.number(change.name);
      const was = change.mode === 'changed' ? this.holdings[change.type].versionOf(number) : undefined;
      return { ...change, number, was };
    });
  }

  /** Connects; a client that holds something says so, and asks a question behind that. */
  connect(target: Target): void {
    this.connection = new AdsConnection(target, this.surroundings, {
      message: (bytes) => this.receive(bytes),
      ended: (reason) => {
        this.connection = undefined;
        this.events.failed(reason);
      },
    });
    this.connection.open();
    if (this.holdings.cds.answered) this.resume();
    else this.ask('cds', true);
  }

  disconnect(): void {
    this.connection?.close();
    this.connection = undefined;
  }

  /** Starts from nothing at the next `connect`. */
  forget(): void {
    this.holdings = createHoldings();
  }

  private resume(): void {
    const { catalog, requests } = this.surroundings;
    discoveryTypes.forEach((type, index) => {
      const held = this.holdings[type];
      if (!held.asked) return;
      const bytes = requests.encode(`resume ${type}`, held.fingerprint(), () => ({
        typeUrl: typeUrlOf[type],
        subscribe: subscriptions(type, held, catalog[type]),
        initialVersions: new Map(
          [...held.held()].map(([name, version]) => [
            catalog[type].names.text(name),
            catalog[type].versions.text(version),
          ]),
        ),
      }));
      this.connection?.send(index === 0 ? Buffer.concat([bytesField(1, this.node), bytes]) : bytes);
    });
    if (this.goal.kind === 'answered') this.request(this.goal.type, { subscribe: [this.goal.name] });
  }

  private ask(type: DiscoveryType, withNode = false): void {
    const held = this.holdings[type];
    held.asked = true;
    const names = Int32Array.from(held.wantedNames());
    const bytes = this.surroundings.requests.encode(`ask ${type}`, Buffer.from(names.buffer), () => ({
      typeUrl: typeUrlOf[type],
      subscribe: subscriptions(type, held, this.surroundings.catalog[type]),
    }));
    this.connection?.send(withNode ? Buffer.concat([bytesField(1, this.node), bytes]) : bytes);
  }

  private request(type: DiscoveryType, fields: Omit<DeltaRequestFields, 'typeUrl'>): void {
    this.connection?.send(encodeDeltaRequest({ typeUrl: typeUrlOf[type], ...fields }));
  }

  private receive(message: Buffer): void {
    this.events.received(message);
    const head = scanHead(message);
    const type = typeOfUrl(head.typeUrl);
    if (type === undefined) return;
    this.apply(type, this.surroundings.responses.read(type, message, head));
    this.request(type, { nonce: head.nonce });
    this.follow(type);
    if (this.done || !this.isReached()) return;
    this.done = true;
    if (this.goal.kind === 'answered') this.request(this.goal.type, { unsubscribe: [this.goal.name] });
    this.forgetProbe();
    this.events.reached();
  }

  private forgetProbe(): void {
    if (this.goal.kind !== 'answered') return;
    this.holdings[this.goal.type].forget(
      this.surroundings.catalog[this.goal.type].names.number(this.goal.name),
    );
  }

  private apply(type: DiscoveryType, { names, versions, removed }: ReadResponse): void {
    const held = this.holdings[type];
    held.answered = true;
    names.forEach((name, index) => held.hold(name, versions[index] ?? 0));
    for (const name of removed) held.drop(name);
  }

  /** Subscribes to what the resources of `parent` name now, and takes the next step of the start. */
  private follow(parent: DiscoveryType): void {
    const child = childOf[parent];
    if (child !== undefined) this.followChildren(parent, child);
    if (parent === 'eds' && !this.holdings.lds.asked && this.holdings.eds.missing === 0) this.ask('lds');
    if (parent === 'cds' && !this.holdings.lds.asked && !this.holdings.eds.asked) this.ask('lds');
  }

  private followChildren(parent: DiscoveryType, child: 'eds' | 'rds'): void {
    const { catalog } = this.surroundings;
    const wanted = catalog[parent].childrenOfAll(this.holdings[parent]);
    const held = this.holdings[child];
    if (held.followed === wanted) return;
    held.followed = wanted;
    const gone = [...held.wantedNames()].filter((name) => !wanted.has(name));
    const fresh = [...wanted].filter((name) => !held.isWanted(name));
    for (const name of gone) held.unwant(name);
    for (const name of fresh) held.want(name);
    if (!held.asked && fresh.length > 0) this.ask(child);
    else if (fresh.length + gone.length > 0) {
      const text = (name: number): string => catalog[child].names.text(name);
      this.request(child, { subscribe: fresh.map(text), unsubscribe: gone.map(text) });
    }
  }

  private isReached(): boolean {
    const { cds, eds, lds, rds } = this.holdings;
    switch (this.goal.kind) {
      case 'live':
        return cds.answered && lds.answered && eds.missing === 0 && rds.missing === 0;
      case 'answered':
        return eds.isAnswered(this.surroundings.catalog.eds.names.number(this.goal.name));
      case 'changes':
        return this.awaited.every(({ type, number, was }) => {
          const version = this.holdings[type].versionOf(number);
          return version !== undefined && version !== was;
        });
    }
  }
}

function createHoldings(): Readonly<Record<DiscoveryType, Holdings>> {
  return { cds: new Holdings(), eds: new Holdings(), lds: new Holdings(), rds: new Holdings() };
}

/** Clusters and listeners are asked for without names: all of them. */
function subscriptions(type: DiscoveryType, held: Holdings, catalog: TypeCatalog): readonly string[] {
  return type === 'eds' || type === 'rds'
    ? [...held.wantedNames()].map((name) => catalog.names.text(name))
    : [];
}
