import { webcrypto } from 'node:crypto';
import { renderSpiffeId, type Clock, type SpiffeId } from '@istio-ts/foundation';
import { parseCertificate } from './certificate.js';
import { issueLeaf, issueRoot, type Signer, type Validity } from './certificate-issue.js';
import { parseCertificateRequest, type CertificateRequest } from './certificate-request.js';
import { createKeyPair, parseKeyPair, renderPrivateKeyPem } from './key-pair.js';
import { parsePluggedAuthority, type PluggedAuthorityFiles } from './plugged-authority.js';
import type { SubjectNames } from './subject-names.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Signs for the mesh. Nothing in it decides who a caller is: the identity is proven before `sign` is called. */
export interface CertificateAuthority {
  /** The root certificate(s) that peers trust. */
  readonly rootPem: string;
  /**
   * A certificate for `identity` over the request's key, then the CA's chain without the root: PEM, leaf first. The
   * names inside the request are ignored. `request` is what `parseCertificateRequest` made of it, or its PEM text; throws
   * a MeshError where that is malformed or not signed by its key.
   */
  sign(request: CertificateRequest | string, identity: SpiffeId, ttlMs: number): Promise<readonly string[]>;
  /** A key and chain for a server of our own (istiod, a webhook). */
  issueServing(names: SubjectNames, ttlMs: number): Promise<ServingCertificate>;
}

export interface ServingCertificate {
  readonly chainPem: string;
  readonly privateKeyPem: string;
}

/** What a self-made root keeps on disk; `keyPem` belongs into a file with mode 0600. */
export interface RootMaterial {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface AuthorityOptions {
  readonly clock: Clock;
  /** A workload's certificate lives no longer than this, whatever is asked for; default 90 days, as Istio's. */
  readonly maxTtlMs?: number;
  /** How far before now a certificate starts, for peers whose clocks are behind; default 2 minutes, as Istio's. */
  readonly clockSkewMs?: number;
}

/** A new self-signed root, ten years valid by default. */
export async function createRootMaterial(
  trustDomain: string,
  clock: Clock,
  { ttlMs = 3650 * dayMs, keyPem }: { readonly ttlMs?: number; readonly keyPem?: string } = {},
): Promise<RootMaterial> {
  const keyPair = keyPem === undefined ? await createKeyPair() : await parseKeyPair(keyPem, 'root key');
  const nowMs = clock.nowMs();
  const validity = { notBeforeMs: nowMs - 2 * minuteMs, notAfterMs: nowMs + ttlMs };
  return {
    certificatePem: await issueRoot(keyPair, trustDomain, validity),
    keyPem: keyPem ?? (await renderPrivateKeyPem(keyPair)),
  };
}

/** The CA over a self-made root. */
export async function createSelfSignedAuthority(
  root: RootMaterial,
  options: AuthorityOptions,
): Promise<CertificateAuthority> {
  const keyPair = await parseKeyPair(root.keyPem, 'root key');
  return createAuthority({ keyPair, certificatePem: root.certificatePem }, '', root.certificatePem, options);
}

/** The CA over the files of the secret `cacerts`. */
export async function createPluggedAuthority(
  files: PluggedAuthorityFiles,
  options: AuthorityOptions,
): Promise<CertificateAuthority> {
  const plugged = await parsePluggedAuthority(files, options.clock.nowMs());
  return createAuthority(plugged, plugged.chainPem, plugged.rootPem, options);
}

function createAuthority(
  signer: Signer,
  chainPem: string,
  rootPem: string,
  { clock, maxTtlMs = 90 * dayMs, clockSkewMs = 2 * minuteMs }: AuthorityOptions,
): CertificateAuthority {
  const { notAfterMs: authorityEndsMs } = parseCertificate(signer.certificatePem, 'CA certificate');
  const validity = (ttlMs: number): Validity => {
    const nowMs = clock.nowMs();
    return { notBeforeMs: nowMs - clockSkewMs, notAfterMs: Math.min(nowMs + ttlMs, authorityEndsMs) };
  };
  const chain = chainPem === '' ? [] : [chainPem];
  return {
    rootPem,
    async sign(request, identity, ttlMs) {
      const { publicKey } = typeof request === 'string' ? await parseCertificateRequest(request) : request;
      const names = { uris: [renderSpiffeId(identity)], dnsNames: [], ipAddresses: [] };
      const leaf = { publicKey, names, validity: validity(Math.min(ttlMs, maxTtlMs)) };
      return [await issueLeaf(signer, leaf), ...chain];
    },
    async issueServing(names, ttlMs) {
      const keyPair = await createKeyPair();
      const publicKey = await webcrypto.subtle.exportKey('spki', keyPair.publicKey);
      const leaf = await issueLeaf(signer, { publicKey, names, validity: validity(ttlMs) });
      return { chainPem: [leaf, ...chain].join(''), privateKeyPem: await renderPrivateKeyPem(keyPair) };
    },
  };
}
