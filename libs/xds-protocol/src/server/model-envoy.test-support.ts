import { SortedMap } from '@istio-ts/foundation';
import type { EncodedResource, ResourceSet } from '@istio-ts/xds-types';
import { TypeUrl } from '../type-order.js';
import { encodeDeltaRequest, decodeDeltaRequest, type DeltaRequest } from '../wire/request.js';
import type { DeltaResponse } from '../wire/response.js';

/** A resource of the model: which version it is, whether Envoy rejects it, and which clusters it names. */
export interface ModelSpec {
  readonly revision: number;
  readonly bad?: boolean;
  readonly clusters?: readonly string[];
  readonly routes?: readonly string[];
}

export function modelResource(typeUrl: string, name: string, spec: ModelSpec): EncodedResource {
  const bytes = Buffer.from(JSON.stringify({ ...spec, name }));
  return { name, typeUrl, version: JSON.stringify(spec), bytes, origins: [`Thing/default/${name}`] };
}

export function modelSet(typeUrl: string, specs: Readonly<Record<string, ModelSpec>>): ResourceSet {
  return SortedMap.from(
    Object.entries(specs).map(([name, spec]) => [name, modelResource(typeUrl, name, spec)] as const),
  );
}

/** What a client that holds this set states when it returns. */
export function versionsOf(set: ResourceSet): ReadonlyMap<string, string> {
  return new Map([...set].map(([name, { version }]) => [name, version]));
}

/**
 * Envoy's side of a delta stream as far as order and acknowledgements go, in memory, for tests: a cluster is acknowledged
 * when its load assignment has come again, load assignments are asked for by cluster and routes by listener, a rejected
 * resource rejects its response.
 */
export class ModelEnvoy {
  readonly held = new Map<string, Map<string, string>>();
  /** Clusters that a listener or route named when it arrived, and that were not there. */
  readonly dangling: string[] = [];
  /** Clusters that were removed while a route named them. */
  readonly orphaned: string[] = [];
  private warming = new Set<string>();
  private heldBackAck: DeltaResponse | undefined;
  private outbox: DeltaRequest[] = [];

  connect(): void {
    this.outbox = [];
    this.warming.clear();
    this.heldBackAck = undefined;
    for (const typeUrl of [TypeUrl.Cluster, TypeUrl.Endpoint, TypeUrl.Listener, TypeUrl.Route]) {
      const versions = this.of(typeUrl);
      const wildcard = typeUrl === TypeUrl.Cluster || typeUrl === TypeUrl.Listener;
      const subscribe = wildcard ? [] : this.asks(typeUrl);
      if (wildcard || subscribe.length > 0) this.say({ typeUrl, subscribe, initialVersions: versions });
    }
  }

  of(typeUrl: string): Map<string, string> {
    const versions = this.held.get(typeUrl) ?? new Map<string, string>();
    this.held.set(typeUrl, versions);
    return versions;
  }

  takeRequests(): readonly DeltaRequest[] {
    const requests = this.outbox;
    this.outbox = [];
    return requests;
  }

  receive(response: DeltaResponse): void {
    const { typeUrl, nonce, resources } = response;
    const bad = resources.find((resource) => specOf(resource.version).bad === true);
    if (bad !== undefined) {
      this.say({ typeUrl, nonce, error: { code: 13, message: 'a resource was rejected' } });
      return;
    }
    if (typeUrl === TypeUrl.Cluster) this.receiveClusters(response);
    else this.apply(response);
    if (typeUrl === TypeUrl.Endpoint) this.warm(resources.map(({ name }) => name));
    if (typeUrl === TypeUrl.Listener) this.followListeners();
  }

  private receiveClusters(response: DeltaResponse): void {
    const before = new Set(this.of(TypeUrl.Cluster).keys());
    this.write(response);
    for (const [route, version] of this.of(TypeUrl.Route)) {
      const named = (specOf(version).clusters ?? []).filter((name) => response.removed.includes(name));
      this.orphaned.push(...named.map((cluster) => `${route} still names ${cluster}`));
    }
    const gone = response.removed.filter((name) => this.of(TypeUrl.Endpoint).delete(name));
    for (const name of response.removed) this.warming.delete(name);
    const changed = response.resources.map(({ name }) => name);
    for (const name of changed) this.warming.add(name);
    const fresh = changed.filter((name) => !before.has(name));
    this.heldBackAck = response;
    if (fresh.length > 0 || gone.length > 0) {
      this.say({ typeUrl: TypeUrl.Endpoint, subscribe: fresh, unsubscribe: gone });
    }
    this.warm([]);
  }

  private warm(names: readonly string[]): void {
    for (const name of names) this.warming.delete(name);
    if (this.warming.size > 0 || this.heldBackAck === undefined) return;
    const { typeUrl, nonce } = this.heldBackAck;
    this.heldBackAck = undefined;
    this.say({ typeUrl, nonce });
  }

  private apply(response: DeltaResponse): void {
    this.write(response);
    for (const { version, name } of response.resources) {
      for (const cluster of specOf(version).clusters ?? []) {
        if (!this.of(TypeUrl.Cluster).has(cluster)) this.dangling.push(`${name} names ${cluster}`);
      }
    }
    this.say({ typeUrl: response.typeUrl, nonce: response.nonce });
  }

  private followListeners(): void {
    const wanted = this.wantedRoutes();
    const routes = this.of(TypeUrl.Route);
    const fresh = [...wanted].filter((name) => !routes.has(name));
    const gone = [...routes.keys()].filter((name) => !wanted.has(name));
    for (const name of gone) routes.delete(name);
    if (fresh.length + gone.length > 0)
      this.say({ typeUrl: TypeUrl.Route, subscribe: fresh, unsubscribe: gone });
  }

  /** What it no longer asks for, it drops: such a response was on its way when the name was given up. */
  private write({ typeUrl, resources, removed }: DeltaResponse): void {
    const versions = this.of(typeUrl);
    for (const { name, version } of resources) if (this.watches(typeUrl, name)) versions.set(name, version);
    for (const name of removed) versions.delete(name);
  }

  private watches(typeUrl: string, name: string): boolean {
    if (typeUrl === TypeUrl.Endpoint) return this.of(TypeUrl.Cluster).has(name);
    return typeUrl !== TypeUrl.Route || this.wantedRoutes().has(name);
  }

  private asks(typeUrl: string): readonly string[] {
    return typeUrl === TypeUrl.Endpoint ? [...this.of(TypeUrl.Cluster).keys()] : [...this.wantedRoutes()];
  }

  private wantedRoutes(): ReadonlySet<string> {
    return new Set(
      [...this.of(TypeUrl.Listener).values()].flatMap((version) => specOf(version).routes ?? []),
    );
  }

  private say(request: Parameters<typeof encodeDeltaRequest>[0]): void {
    this.outbox.push(decodeDeltaRequest(encodeDeltaRequest(request)));
  }
}

function specOf(version: string): ModelSpec {
  return version.startsWith('{') ? (JSON.parse(version) as ModelSpec) : { revision: -1 };
}
