import type { Pod } from '../runtime/pod.js';
import { isRecord, listAt, parseJson, textAt } from '../store/json-record.js';

/** The certificate that a pod's proxy presents. */
export interface PodCertificate {
  readonly identity: string;
  /** ISO time. */
  readonly expires: string;
}

const keptMs = 60_000;

/** Asks proxies for their certificates, and remembers the answers for a while: asking starts a process. */
export class PodCertificates {
  readonly #known = new Map<string, { readonly certificate: PodCertificate; readonly asked: number }>();

  /** The certificate of a ready pod with a proxy; nothing for others. */
  async of(pod: Pod): Promise<PodCertificate | undefined> {
    const { uid } = pod.identity;
    const known = this.#known.get(uid);
    if (known !== undefined && Date.now() - known.asked < keptMs) return known.certificate;
    if (pod.options.proxy === undefined || !pod.state().ready) return undefined;
    const certificate = parseCertificates(await adminAnswer(pod, 'certs'));
    if (certificate !== undefined) this.#known.set(uid, { certificate, asked: Date.now() });
    return certificate;
  }
}

/** The workload's own certificate in the answer of Envoy's `/certs`. */
export function parseCertificates(answer: string): PodCertificate | undefined {
  const parsed = parseJson(answer);
  const chains = listAt(parsed, 'certificates').flatMap((certificate) => listAt(certificate, 'cert_chain'));
  for (const leaf of chains.filter(isRecord)) {
    const names = listAt(leaf, 'subject_alt_names').map((name) => textAt(name, 'uri'));
    const identity = names.find((uri) => uri?.startsWith('spiffe://') === true);
    const expires = textAt(leaf, 'expiration_time');
    if (identity !== undefined && expires !== undefined) return { identity, expires };
  }
  return undefined;
}

async function adminAnswer(pod: Pod, path: string): Promise<string> {
  const asked = pod.exec(['pilot-agent', 'request', 'GET', path], 'istio-proxy');
  const chunks: Buffer[] = [];
  asked.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  asked.stderr?.resume();
  await asked.ended;
  return Buffer.concat(chunks).toString('utf8');
}
