import type { Certificate } from '@istio-ts/pki';

/** A workload's key, its chain (leaf first, without the root) and the roots that it trusts; all PEM. */
export interface WorkloadSecret {
  readonly chainPem: string;
  readonly privateKeyPem: string;
  readonly rootPem: string;
  readonly leaf: Certificate;
}

/** Where the workload's certificate comes from. The present one never lapses without a next one being tried. */
export interface SecretSource {
  /** Undefined until the first one is there. */
  current(): WorkloadSecret | undefined;
  /** Calls back after each change; returns how to stop it. */
  onChange(listener: (secret: WorkloadSecret) => void): () => void;
  /** Fetches and renews until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** Keeps the current secret and tells of changes. */
export class SecretHolder {
  private secret: WorkloadSecret | undefined;
  private readonly listeners = new Set<(secret: WorkloadSecret) => void>();

  current(): WorkloadSecret | undefined {
    return this.secret;
  }

  onChange(listener: (secret: WorkloadSecret) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  set(secret: WorkloadSecret): void {
    this.secret = secret;
    for (const listener of this.listeners) listener(secret);
  }
}
