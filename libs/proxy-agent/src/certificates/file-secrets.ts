import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import { MeshError, type Clock, type Logger } from '@istio-ts/foundation';
import { secretNames } from '../bootstrap/sds-secret.js';
import { readOptional } from '../read-file.js';
import { encodeCertificate, encodeRoots, type SecretStore } from './sds-server.js';

const lookAgainMs = 5000;

export interface FileSecretOptions {
  /** Where a path of the configuration lies on disk. */
  readonly place: (path: string) => string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Certificates that somebody else puts into files: `file-cert:CHAIN~KEY` and `file-root:ROOTS`, the names that the
 * configuration of a remote service or of a TLS setting comes out with; `file-root:system` is what the machine trusts. Once one was asked for, they are read again every
 * five seconds. A file that cannot be read is told of, and leaves the proxy with what it has.
 */
export class FileSecrets implements SecretStore {
  private readonly listeners = new Set<() => void>();
  private stopTimer: (() => void) | undefined;
  private isUsed = false;

  constructor(private readonly options: FileSecretOptions) {}

  static isNameOfFiles(name: string): boolean {
    return /^file-(cert|root):/.test(name);
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    this.isUsed = true;
    this.lookAgain();
    try {
      return await this.read(name);
    } catch (error) {
      this.options.logger.warn(MeshError.from(error, `the secret ${name} cannot be read`).message);
      return undefined;
    }
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    this.lookAgain();
    return () => {
      this.listeners.delete(listener);
      this.lookAgain();
    };
  }

  private async read(name: string): Promise<Uint8Array> {
    if (name === secretNames.systemRoots) return encodeRoots(name, await readSystemRoots());
    const text = (path = ''): Promise<string> => readFile(this.options.place(path), 'utf8');
    const paths = name.replace(/^file-(cert|root):/, '').split('~');
    if (name.startsWith('file-root:')) return encodeRoots(name, await text(paths[0]));
    const [chain, key] = await Promise.all([text(paths[0]), text(paths[1])]);
    return encodeCertificate(name, chain, key);
  }

  /** One timer while somebody listens to secrets that lie in files. */
  private lookAgain(): void {
    const wanted = this.isUsed && this.listeners.size > 0;
    if (wanted === (this.stopTimer !== undefined)) return;
    this.stopTimer?.();
    this.stopTimer = wanted ? this.options.clock.setTimer(lookAgainMs, () => this.tell()) : undefined;
  }

  private tell(): void {
    this.stopTimer = undefined;
    this.lookAgain();
    for (const listener of this.listeners) listener();
  }
}

/** Where distributions keep what they trust: Debian, Fedora, Alpine, SUSE. */
const systemRootFiles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
  '/etc/ssl/ca-bundle.pem',
];

/** The roots of the machine, or those that Node brings where the image has none. */
async function readSystemRoots(): Promise<string> {
  for (const file of systemRootFiles) {
    const text = await readOptional(file);
    if (text !== undefined && text !== '') return text;
  }
  return rootCertificates.join('\n');
}
