import { readFile } from 'node:fs/promises';
import { MeshError, renderSpiffeId, type Clock, type Logger, type SpiffeId } from '@istio-ts/foundation';
import {
  createCertificateRequest,
  createKeyPair,
  type KeyAlgorithm,
  noSubjectNames,
  renderPrivateKeyPem,
  rotationDelay,
} from '@istio-ts/pki';
import { Backoff, pause } from '../backoff.js';
import type { CertificateClient } from './certificate-client.js';
import { SecretHolder, type SecretSource, type WorkloadSecret } from './workload-secret.js';

export interface IssuedSecretOptions {
  /** The client, which may show the certificate that is held. */
  readonly clientFor: (held: Pick<SecretSource, 'current'>) => CertificateClient;
  readonly identity: SpiffeId;
  readonly ttlMs: number;
  readonly graceRatio: number;
  readonly keyAlgorithm: KeyAlgorithm;
  /** Trusted where the service's answer brings no root. */
  readonly rootCertFile: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

/** A service that signs for no time at all is not asked without pause. */
const shortestRotationMs = 200;

/** Keys made here, signed by the certificate service, replaced when part of their life is left. Keys never leave the process. */
export class IssuedSecretSource implements SecretSource {
  private readonly holder = new SecretHolder();

  private readonly client: CertificateClient;

  constructor(private readonly options: IssuedSecretOptions) {
    this.client = options.clientFor(this);
  }

  current(): WorkloadSecret | undefined {
    return this.holder.current();
  }

  onChange(listener: (secret: WorkloadSecret) => void): () => void {
    return this.holder.onChange(listener);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, random } = this.options;
    const backoff = new Backoff({ firstMs: 100, maxMs: 10_000, random });
    while (!signal.aborted) {
      const secret = await this.tryIssue();
      if (secret === undefined) {
        await pause(clock, backoff.delayMs(), signal);
        continue;
      }
      backoff.reset();
      this.holder.set(secret);
      await pause(clock, this.rotateAfterMs(secret), signal);
    }
  }

  private rotateAfterMs({ leaf }: WorkloadSecret): number {
    const { clock, graceRatio, random } = this.options;
    const nowMs = clock.nowMs();
    const delayMs = rotationDelay(leaf, nowMs, { graceRatio, jitter: random() * 2 - 1, issuedAtMs: nowMs });
    return Math.max(shortestRotationMs, delayMs);
  }

  private async tryIssue(): Promise<WorkloadSecret | undefined> {
    const { logger } = this.options;
    try {
      const secret = await this.issue();
      logger.info('certificate issued', describe(secret));
      return secret;
    } catch (error) {
      const held = this.current();
      const until = held && new Date(held.leaf.notAfterMs).toISOString();
      logger.warn(MeshError.from(error).message, {
        ...(until !== undefined && { 'current certificate until': until }),
      });
      return undefined;
    }
  }

  private async issue(): Promise<WorkloadSecret> {
    const { identity, ttlMs, keyAlgorithm, rootCertFile } = this.options;
    const keyPair = await createKeyPair(keyAlgorithm);
    const request = await createCertificateRequest(keyPair, {
      ...noSubjectNames,
      uris: [renderSpiffeId(identity)],
    });
    const { chainPem, rootPem, leaf } = await this.client.sign(request, ttlMs);
    return {
      chainPem,
      leaf,
      rootPem: rootPem ?? (await readFile(rootCertFile, 'utf8')),
      privateKeyPem: await renderPrivateKeyPem(keyPair),
    };
  }
}

function describe({ leaf }: WorkloadSecret): Readonly<Record<string, string>> {
  return {
    identity: leaf.uris.join(),
    serial: leaf.serialNumber,
    until: new Date(leaf.notAfterMs).toISOString(),
  };
}
