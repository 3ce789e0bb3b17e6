import { isIP } from 'node:net';
import { experimental, type ServerCredentials } from '@grpc/grpc-js';
import { renderSpiffeId, type Clock, type Logger } from '@istio-ts/foundation';
import { parseCertificate, rotationDelay, type CertificateAuthority, type SubjectNames } from '@istio-ts/pki';

type CertificateProvider = experimental.CertificateProvider;
type CaListener = Parameters<CertificateProvider['addCaCertificateListener']>[0];
type IdentityListener = Parameters<CertificateProvider['addIdentityCertificateListener']>[0];

const ttlMs = 24 * 3_600_000;
const retryMs = 60_000;

/** The names under which istiod is called: its services, this machine, and those of `--server-names`. */
export function servingNames(
  rootNamespace: string,
  trustDomain: string,
  further: readonly string[],
): SubjectNames {
  const services = ['istiod', 'istio-pilot'].flatMap((service) => [
    `${service}.${rootNamespace}.svc`,
    `${service}.${rootNamespace}.svc.cluster.local`,
    `${service}.${rootNamespace}`,
  ]);
  return {
    uris: [renderSpiffeId({ trustDomain, namespace: rootNamespace, serviceAccount: 'istiod' })],
    dnsNames: [...services, 'istiod', 'localhost', ...further.filter((name) => isIP(name) === 0)],
    ipAddresses: ['127.0.0.1', '::1', ...further.filter((name) => isIP(name) !== 0)],
  };
}

/** Istiod's own certificate, renewed at half of its life while servers run, and the roots that clients are checked with. */
export class ServingCertificate implements CertificateProvider {
  private readonly caListeners = new Set<CaListener>();
  private readonly identityListeners = new Set<IdentityListener>();
  private identity: { readonly certificate: Buffer; readonly privateKey: Buffer } | undefined;

  constructor(
    private readonly authority: CertificateAuthority,
    private readonly names: SubjectNames,
    private readonly context: { readonly clock: Clock; readonly logger: Logger },
  ) {}

  /** Issues the first certificate and keeps renewing it until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.context;
    const { chainPem, privateKeyPem } = await this.authority.issueServing(this.names, ttlMs);
    this.identity = { certificate: Buffer.from(chainPem), privateKey: Buffer.from(privateKeyPem) };
    for (const listener of this.identityListeners) listener(this.identity);
    const renew = (delayMs: number): void => {
      const cancel = clock.setTimer(delayMs, () => {
        this.run(signal).catch((thrown: unknown) => {
          logger.error('the serving certificate could not be renewed, trying again', {
            reason: String(thrown),
          });
          renew(retryMs);
        });
      });
      signal.addEventListener('abort', cancel, { once: true });
    };
    if (!signal.aborted)
      renew(rotationDelay(parseCertificate(chainPem, 'serving certificate'), clock.nowMs()));
  }

  /** TLS with this certificate; a client certificate of the mesh is asked for and not required. */
  credentials(): ServerCredentials {
    return experimental.createCertificateProviderServerCredentials(this, this, false);
  }

  addCaCertificateListener(listener: CaListener): void {
    this.caListeners.add(listener);
    // grpc-js misses what it is told before it has finished adding its listener.
    process.nextTick(() => listener({ caCertificate: Buffer.from(this.authority.rootPem) }));
  }

  removeCaCertificateListener(listener: CaListener): void {
    this.caListeners.delete(listener);
  }

  addIdentityCertificateListener(listener: IdentityListener): void {
    this.identityListeners.add(listener);
    process.nextTick(() => {
      if (this.identity !== undefined) listener(this.identity);
    });
  }

  removeIdentityCertificateListener(listener: IdentityListener): void {
    this.identityListeners.delete(listener);
  }
}
