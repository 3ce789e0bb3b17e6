import { typeOrder } from '../type-order.js';
import type { DeltaRequestFields, ErrorDetail } from '../wire/request.js';
import type { DeltaResponse } from '../wire/response.js';

interface ClientType {
  wildcard: boolean;
  readonly names: Set<string>;
  /** Name → version of what was accepted. */
  readonly versions: Map<string, string>;
  opened: boolean;
}

/**
 * The client's side of a delta stream, without the stream: it knows what is subscribed and what is held, over any number
 * of connections. After a reconnect it says what it holds, so that it is sent the difference.
 */
export class DeltaClient {
  private readonly types = new Map<string, ClientType>();
  private connected = false;

  /** A new stream stands: the requests that it begins with, the first with the node. */
  connect(node: Uint8Array): readonly DeltaRequestFields[] {
    this.connected = true;
    const known = typeOrder.map(({ typeUrl }) => typeUrl);
    const requests = [...this.types]
      .sort(([a], [b]) => known.indexOf(a) - known.indexOf(b))
      .map(([typeUrl, type]) => first(typeUrl, type));
    return requests.map((request, index) => (index === 0 ? { ...request, node } : request));
  }

  disconnect(): void {
    this.connected = false;
    for (const type of this.types.values()) type.opened = false;
  }

  /** Asks for everything of a type, or for more names; returns the request to send on a standing stream. */
  subscribe(typeUrl: string, names: 'everything' | readonly string[]): DeltaRequestFields | undefined {
    const type = this.type(typeUrl);
    if (names === 'everything') type.wildcard = true;
    else for (const name of names) type.names.add(name);
    if (!this.connected) return undefined;
    if (!type.opened) return first(typeUrl, type);
    return { typeUrl, subscribe: names === 'everything' ? ['*'] : names };
  }

  unsubscribe(typeUrl: string, names: readonly string[]): DeltaRequestFields | undefined {
    const type = this.type(typeUrl);
    for (const name of names) {
      type.names.delete(name);
      type.versions.delete(name);
    }
    return this.connected && type.opened ? { typeUrl, unsubscribe: names } : undefined;
  }

  /** The response was applied. */
  accept({ typeUrl, nonce, resources, removed }: DeltaResponse): DeltaRequestFields {
    const { versions } = this.type(typeUrl);
    for (const { name, version } of resources) versions.set(name, version);
    for (const name of removed) versions.delete(name);
    return { typeUrl, nonce };
  }

  /** The response was not applied, or only in part: what is held of it is no longer claimed. */
  reject({ typeUrl, nonce, resources }: DeltaResponse, error: ErrorDetail): DeltaRequestFields {
    const { versions } = this.type(typeUrl);
    for (const { name } of resources) versions.delete(name);
    return { typeUrl, nonce, error };
  }

  held(typeUrl: string): ReadonlyMap<string, string> {
    return this.type(typeUrl).versions;
  }

  private type(typeUrl: string): ClientType {
    const known = this.types.get(typeUrl);
    if (known !== undefined) return known;
    const added: ClientType = { wildcard: false, names: new Set(), versions: new Map(), opened: false };
    this.types.set(typeUrl, added);
    return added;
  }
}

function first(typeUrl: string, type: ClientType): DeltaRequestFields {
  type.opened = true;
  const names = [...type.names];
  const subscribe = type.wildcard && names.length > 0 ? ['*', ...names] : names;
  return { typeUrl, subscribe, initialVersions: type.versions };
}
