import type { discovery } from '@istio-ts/xds-types';

/** Changes what Envoy is told of one type, or answers in the control plane's place. */
export type RelayInterceptor = ResponseRewriter | TypeOwner;

/** The control plane answers, the agent edits. */
export interface ResponseRewriter {
  readonly kind: 'rewrite';
  readonly typeUrl: string;
  /**
   * The response that Envoy shall get instead; its nonce is kept. Responses stay in order while this waits. A rejection
   * refuses the response towards the control plane with the error's message, and Envoy never sees it.
   */
  rewrite(response: discovery.DeltaDiscoveryResponse): Promise<discovery.DeltaDiscoveryResponse>;
}

/** The agent answers; the control plane never hears of the type from Envoy. */
export interface TypeOwner {
  readonly kind: 'own';
  readonly typeUrl: string;
  /** Called with each request of Envoy for the type; `respond` may be called at any time while the stream is open. */
  take(request: discovery.DeltaDiscoveryRequest, respond: Respond): void;
}

export type Respond = (response: discovery.DeltaDiscoveryResponse) => void;
