import { encodeDeltaRequest, type DeltaRequestFields } from '@istio-ts/xds-protocol';

interface Entry {
  readonly key: string;
  readonly fingerprint: Buffer;
  readonly bytes: Buffer;
}

const kept = 64;

/**
 * Long requests (a thousand names, a thousand versions) encoded once for all clients that say the same. The clients are
 * to load the server, not the machine.
 */
export class RequestCache {
  private entries: Entry[] = [];

  encode(key: string, fingerprint: Buffer, fields: () => DeltaRequestFields): Buffer {
    const found = this.entries.find((entry) => entry.key === key && entry.fingerprint.equals(fingerprint));
    if (found !== undefined) return found.bytes;
    const bytes = encodeDeltaRequest(fields());
    this.entries = [{ key, fingerprint: Buffer.from(fingerprint), bytes }, ...this.entries].slice(0, kept);
    return bytes;
  }
}
