import type { ServerDuplexStream } from '@grpc/grpc-js';
import { MeshError, type Logger } from '@istio-ts/foundation';
import { discovery } from '@istio-ts/xds-types';
import { serialize } from '../grpc/codec.js';
import type { RelayInterceptor, ResponseRewriter } from './relay-interceptor.js';
import { TypeLedger } from './type-ledger.js';
import type { UpstreamHandler } from './upstream.js';

export type EnvoyStream = ServerDuplexStream<Buffer, Buffer>;

export interface DeltaSessionOptions {
  readonly interceptors: readonly RelayInterceptor[];
  readonly logger: Logger;
  /** The node of Envoy's first request. */
  readonly onNode: (request: discovery.DeltaDiscoveryRequest) => void;
  readonly onRequest: () => void;
  readonly onResponse: () => void;
}

const encodeRequest = serialize(discovery.DeltaDiscoveryRequest);
const encodeResponse = serialize(discovery.DeltaDiscoveryResponse);
const invalidArgument = 3;

/**
 * One delta stream of Envoy, spliced onto one upstream connection after another. Envoy's stream stays while the control
 * plane is away; each new connection is told what Envoy asked for and what it holds, so that only differences come back.
 */
export class DeltaSession implements UpstreamHandler {
  private readonly ledgers = new Map<string, TypeLedger>();
  private first: discovery.DeltaDiscoveryRequest | undefined;
  private send: ((bytes: Buffer) => void) | undefined;
  private generation = 0;

  constructor(
    private readonly envoy: Pick<EnvoyStream, 'write' | 'destroyed'>,
    private readonly options: DeltaSessionOptions,
  ) {}

  /** Takes one message of Envoy. */
  onEnvoyMessage(bytes: Buffer): void {
    const request = discovery.DeltaDiscoveryRequest.decode(bytes);
    this.options.onRequest();
    if (this.first === undefined) {
      this.first = request;
      this.options.onNode(request);
    }
    const owner = this.options.interceptors.find(
      (one) => one.kind === 'own' && one.typeUrl === request.typeUrl,
    );
    if (owner?.kind === 'own') {
      owner.take(request, (response) => this.respond(response));
      return;
    }
    const onward = this.ledger(request.typeUrl).takeRequest(request, this.generation);
    if (onward === undefined || this.send === undefined) return;
    this.send(onward === request ? bytes : encodeRequest(onward));
  }

  onOpen(send: (bytes: Buffer) => void): void {
    this.generation += 1;
    this.send = send;
    const node = this.first?.node;
    // Only the first request of a connection carries the node.
    for (const [index, ledger] of [...this.ledgers.values()].entries()) {
      send(encodeRequest({ ...ledger.resume(), node: index === 0 ? node : undefined }));
    }
  }

  async onMessage(bytes: Buffer): Promise<void> {
    const generation = this.generation;
    const response = discovery.DeltaDiscoveryResponse.decode(bytes);
    this.options.onResponse();
    const rewriter = this.options.interceptors.find(
      (one) => one.kind === 'rewrite' && one.typeUrl === response.typeUrl,
    );
    if (rewriter?.kind !== 'rewrite') {
      this.ledger(response.typeUrl).takeResponse(response, generation);
      this.write(bytes);
      return;
    }
    const rewritten = await this.rewrite(rewriter, response);
    if (rewritten === undefined) return;
    this.ledger(response.typeUrl).takeResponse(rewritten, generation);
    this.write(encodeResponse(rewritten));
  }

  onLost(): void {
    this.send = undefined;
  }

  private async rewrite(
    rewriter: ResponseRewriter,
    response: discovery.DeltaDiscoveryResponse,
  ): Promise<discovery.DeltaDiscoveryResponse | undefined> {
    try {
      return { ...(await rewriter.rewrite(response)), nonce: response.nonce };
    } catch (error) {
      const { message } = MeshError.from(error);
      this.options.logger.warn('a response was refused before Envoy', {
        typeUrl: response.typeUrl,
        reason: message,
      });
      const refusal = discovery.DeltaDiscoveryRequest.create({
        typeUrl: response.typeUrl,
        responseNonce: response.nonce,
        errorDetail: { code: invalidArgument, message, details: [] },
      });
      this.send?.(encodeRequest(refusal));
      return undefined;
    }
  }

  private respond(response: discovery.DeltaDiscoveryResponse): void {
    this.write(encodeResponse(response));
  }

  private write(bytes: Buffer): void {
    if (!this.envoy.destroyed) this.envoy.write(bytes);
  }

  private ledger(typeUrl: string): TypeLedger {
    const found = this.ledgers.get(typeUrl) ?? new TypeLedger(typeUrl);
    this.ledgers.set(typeUrl, found);
    return found;
  }
}
