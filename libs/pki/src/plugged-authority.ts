import { createPublicKey, webcrypto } from 'node:crypto';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { parseCertificate, parseCertificates, splitPem, type Certificate } from './certificate.js';
import { verifyChain } from './chain.js';
import { parseKeyPair, type KeyPair } from './key-pair.js';

/** The texts of the four files of the secret `cacerts`, by their file names. */
export interface PluggedAuthorityFiles {
  readonly 'ca-cert.pem': string;
  readonly 'ca-key.pem': string;
  readonly 'root-cert.pem': string;
  /** From `ca-cert.pem` up to the root; may be absent where the CA is the root itself. */
  readonly 'cert-chain.pem'?: string;
}

export interface PluggedAuthority {
  readonly keyPair: KeyPair;
  readonly certificatePem: string;
  /** What follows a workload's certificate: the CA and those between it and the root. */
  readonly chainPem: string;
  readonly rootPem: string;
}

/**
 * Reads and cross-checks the files an organisation plugs in. Throws a MeshError naming the file that does not fit: the
 * key belongs to the certificate, the certificate is a CA, and the chain ends at the root at `nowMs`.
 */
export async function parsePluggedAuthority(
  files: PluggedAuthorityFiles,
  nowMs: number,
): Promise<PluggedAuthority> {
  const ca = parseCertificate(files['ca-cert.pem'], 'ca-cert.pem');
  const keyPair = await parseKeyPair(files['ca-key.pem'], 'ca-key.pem');
  const roots = parseCertificates(files['root-cert.pem'], 'root-cert.pem');
  const chainText = files['cert-chain.pem'] ?? files['ca-cert.pem'];
  const chain = parseCertificates(chainText, 'cert-chain.pem');
  await checkKey(ca, keyPair);
  if (!ca.isCa) refuse('ca-cert.pem is not a CA certificate: it needs basicConstraints CA:TRUE');
  const full = includes(chain, ca) ? chain : [ca, ...chain];
  const problem = verifyChain(orderFrom(ca, full), roots, nowMs);
  if (problem !== undefined)
    refuse(`ca-cert.pem does not lead to root-cert.pem through cert-chain.pem: ${problem}`);
  const intermediates = full.filter((one) => !includes(roots, one));
  return {
    keyPair,
    certificatePem: ca.pem,
    chainPem: intermediates.map(({ pem }) => pem).join(''),
    rootPem: splitPem(files['root-cert.pem']).join(''),
  };
}

async function checkKey(ca: Certificate, keyPair: KeyPair): Promise<void> {
  const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keyPair.publicKey));
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  if (!ca.native.publicKey.equals(key)) refuse('ca-key.pem is not the key of ca-cert.pem');
}

function includes(certificates: readonly Certificate[], wanted: Certificate): boolean {
  return certificates.some(({ native }) => native.fingerprint256 === wanted.native.fingerprint256);
}

function orderFrom(ca: Certificate, chain: readonly Certificate[]): readonly Certificate[] {
  return [ca, ...chain.filter(({ native }) => native.fingerprint256 !== ca.native.fingerprint256)];
}

function refuse(message: string): never {
  throw new MeshError(MeshErrorCode.FileSystem, `the plugged-in CA (cacerts) cannot be used: ${message}`);
}
