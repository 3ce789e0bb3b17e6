import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, type Clock, type Logger } from '@istio-ts/foundation';
import { parseCertificate } from '@istio-ts/pki';
import { pause } from '../backoff.js';
import { SecretHolder, type SecretSource, type WorkloadSecret } from './workload-secret.js';

/** The files of a certificate that somebody else makes and renews. */
export const mountedFiles = { chain: 'cert-chain.pem', key: 'key.pem', root: 'root-cert.pem' } as const;

const lookAgainMs = 5000;

export interface MountedSecretOptions {
  readonly dir: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Takes a mounted certificate, and looks every five seconds whether it was replaced. */
export class MountedSecretSource implements SecretSource {
  private readonly holder = new SecretHolder();

  constructor(private readonly options: MountedSecretOptions) {}

  current(): WorkloadSecret | undefined {
    return this.holder.current();
  }

  onChange(listener: (secret: WorkloadSecret) => void): () => void {
    return this.holder.onChange(listener);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, logger, dir } = this.options;
    while (!signal.aborted) {
      try {
        this.take(await this.read());
      } catch (error) {
        logger.warn(MeshError.from(error, `the certificate in ${dir} cannot be used`).message);
      }
      await pause(clock, lookAgainMs, signal);
    }
  }

  private take(secret: WorkloadSecret): void {
    const before = this.current();
    const same =
      before?.chainPem === secret.chainPem &&
      before.privateKeyPem === secret.privateKeyPem &&
      before.rootPem === secret.rootPem;
    if (!same) this.holder.set(secret);
  }

  private async read(): Promise<WorkloadSecret> {
    const text = (name: string): Promise<string> => readFile(join(this.options.dir, name), 'utf8');
    const [chainPem, privateKeyPem, rootPem] = await Promise.all([
      text(mountedFiles.chain),
      text(mountedFiles.key),
      text(mountedFiles.root),
    ]);
    return { chainPem, privateKeyPem, rootPem, leaf: parseCertificate(chainPem, mountedFiles.chain) };
  }
}
