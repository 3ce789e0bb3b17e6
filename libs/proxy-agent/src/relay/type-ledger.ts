import { discovery } from '@istio-ts/xds-types';

/** What is known of one type on one stream of Envoy: what it asked for, what it holds, and what it has yet to answer. */
export class TypeLedger {
  private readonly names = new Set<string>();
  private isWildcard = false;
  private hasRequested = false;
  private readonly held = new Map<string, string>();
  private outstanding: readonly Outstanding[] = [];

  constructor(readonly typeUrl: string) {}

  /**
   * Notes a request of Envoy. Returns what of it the upstream connection `generation` is to hear: the request itself,
   * without its nonce where that answers a response of an earlier connection, or undefined where nothing is left.
   */
  takeRequest(
    request: discovery.DeltaDiscoveryRequest,
    generation: number,
  ): discovery.DeltaDiscoveryRequest | undefined {
    this.noteSubscriptions(request);
    for (const [name, version] of Object.entries(request.initialResourceVersions))
      this.held.set(name, version);
    if (request.responseNonce === '') return request;
    const answered = this.settle(request.responseNonce, request.errorDetail !== undefined);
    if (answered?.generation === generation) return request;
    const { resourceNamesSubscribe, resourceNamesUnsubscribe } = request;
    if (resourceNamesSubscribe.length + resourceNamesUnsubscribe.length === 0) return undefined;
    return {
      ...discovery.DeltaDiscoveryRequest.create(),
      typeUrl: this.typeUrl,
      resourceNamesSubscribe,
      resourceNamesUnsubscribe,
    };
  }

  /** Notes a response that is handed to Envoy. */
  takeResponse(response: discovery.DeltaDiscoveryResponse, generation: number): void {
    const sent = response.resources.map(({ name, version }) => [name, version] as const);
    const entry = { nonce: response.nonce, generation, sent, removed: response.removedResources };
    this.outstanding = [...this.outstanding, entry];
  }

  /** The first request of this type on a new upstream connection: what Envoy asked for, and what it already holds. */
  resume(): discovery.DeltaDiscoveryRequest {
    const names = [...this.names];
    return {
      ...discovery.DeltaDiscoveryRequest.create(),
      typeUrl: this.typeUrl,
      // A wildcard subscription is an empty list, or `*` among other names.
      resourceNamesSubscribe: this.isWildcard && names.length > 0 ? ['*', ...names] : names,
      initialResourceVersions: Object.fromEntries(this.held),
    };
  }

  private noteSubscriptions(request: discovery.DeltaDiscoveryRequest): void {
    const { resourceNamesSubscribe: wanted, resourceNamesUnsubscribe: unwanted } = request;
    if (!this.hasRequested && wanted.length === 0) this.isWildcard = true;
    this.hasRequested = true;
    for (const name of wanted) {
      if (name === '*') this.isWildcard = true;
      else this.names.add(name);
    }
    for (const name of unwanted) {
      if (name === '*') this.isWildcard = false;
      this.names.delete(name);
      this.held.delete(name);
    }
  }

  /** Envoy answers the responses of a type in their order; a nonce that is not outstanding answers nothing. */
  private settle(nonce: string, isRejected: boolean): Outstanding | undefined {
    const at = this.outstanding.findIndex((entry) => entry.nonce === nonce);
    const answered = this.outstanding[at];
    if (answered === undefined) return undefined;
    this.outstanding = this.outstanding.slice(at + 1);
    // Envoy may have applied part of what it rejected: no version is stated for it, so that it is sent again.
    for (const [name, version] of answered.sent) this.held.set(name, isRejected ? '' : version);
    for (const name of answered.removed) {
      if (isRejected) this.held.set(name, '');
      else this.held.delete(name);
    }
    return answered;
  }
}

interface Outstanding {
  readonly nonce: string;
  /** Which upstream connection the response came from: nonces mean nothing to another one. */
  readonly generation: number;
  readonly sent: readonly (readonly [name: string, version: string])[];
  readonly removed: readonly string[];
}
