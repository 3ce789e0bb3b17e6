import type { ServerDuplexStream } from '@grpc/grpc-js';
import { hashBytes, type Logger } from '@istio-ts/foundation';
import { discovery, tls, typeUrls } from '@istio-ts/xds-types';
import { deserialize, serialize } from '../grpc/codec.js';
import { serveUnix } from '../grpc/unix-server.js';

/** Secrets by their SDS name, already encoded. */
export interface SecretStore {
  /** The secret as it is now, or undefined where there is none yet: the proxy waits for it. */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Calls back whenever some secret may have changed; returns how to stop it. */
  onChange(listener: () => void): () => void;
}

type SdsStream = ServerDuplexStream<discovery.DiscoveryRequest, discovery.DiscoveryResponse>;

const method = {
  path: '/envoy.service.secret.v3.SecretDiscoveryService/StreamSecrets',
  requestStream: true,
  responseStream: true,
  requestSerialize: serialize(discovery.DiscoveryRequest),
  requestDeserialize: deserialize(discovery.DiscoveryRequest),
  responseSerialize: serialize(discovery.DiscoveryResponse),
  responseDeserialize: deserialize(discovery.DiscoveryResponse),
} as const;

/**
 * Serves secrets to Envoy on a Unix socket, state of the world, which is what Envoy speaks for SDS. A changed secret goes
 * out on the streams that are open; connections that use the old one live on.
 *
 * @returns ends the server
 */
export function serveSecrets(
  socket: string,
  store: SecretStore,
  logger: Logger,
): Promise<() => Promise<void>> {
  return serveUnix(socket, {
    definition: { StreamSecrets: method },
    implementation: { StreamSecrets: (stream: SdsStream) => new SecretStream(stream, store, logger).open() },
  });
}

class SecretStream {
  private names: readonly string[] = [];
  private sentVersion = '';
  private nonce = 0;
  private sending = Promise.resolve();

  constructor(
    private readonly stream: SdsStream,
    private readonly store: SecretStore,
    private readonly logger: Logger,
  ) {}

  open(): void {
    const stop = this.store.onChange(() => this.send());
    this.stream.on('data', (request: discovery.DiscoveryRequest) => this.take(request));
    this.stream.on('error', () => undefined);
    this.stream.on('close', stop);
    this.stream.on('end', () => this.stream.end());
  }

  private take({ resourceNames, errorDetail }: discovery.DiscoveryRequest): void {
    if (errorDetail !== undefined) {
      this.logger.error('Envoy refused a certificate', { names: resourceNames, reason: errorDetail.message });
    }
    this.names = resourceNames;
    this.send();
  }

  /** One after the other, so that an older answer never overtakes a newer one. */
  private send(): void {
    this.sending = this.sending
      .then(() => this.sendChanged())
      .catch((error: unknown) => {
        this.logger.error('cannot serve secrets', { names: this.names, reason: String(error) });
      });
  }

  private async sendChanged(): Promise<void> {
    const found = await Promise.all(this.names.map((name) => this.store.get(name)));
    const secrets = found.filter((secret) => secret !== undefined);
    const versionInfo = secrets.map(hashBytes).join('.');
    if (secrets.length === 0 || versionInfo === this.sentVersion || this.stream.destroyed) return;
    this.sentVersion = versionInfo;
    this.nonce += 1;
    this.stream.write(
      discovery.DiscoveryResponse.create({
        typeUrl: typeUrls.sds,
        versionInfo,
        nonce: String(this.nonce),
        resources: secrets.map((value) => ({ typeUrl: typeUrls.sds, value })),
      }),
    );
  }
}

/** An SDS secret with key and chain. */
export function encodeCertificate(name: string, chainPem: string, privateKeyPem: string): Uint8Array {
  return tls.Secret.encode(
    tls.Secret.fromPartial({
      name,
      type: {
        $case: 'tlsCertificate',
        value: { certificateChain: inline(chainPem), privateKey: inline(privateKeyPem) },
      },
    }),
  ).finish();
}

/** An SDS secret with the roots to trust. */
export function encodeRoots(name: string, rootPem: string): Uint8Array {
  return tls.Secret.encode(
    tls.Secret.fromPartial({
      name,
      type: { $case: 'validationContext', value: { trustedCa: inline(rootPem) } },
    }),
  ).finish();
}

function inline(pem: string): {
  readonly specifier: { readonly $case: 'inlineBytes'; readonly value: Uint8Array };
} {
  return { specifier: { $case: 'inlineBytes', value: Buffer.from(pem) } };
}
