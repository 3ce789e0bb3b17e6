import type { Certificate } from './certificate.js';

/** What is wrong with a chain, as a sentence for logs; undefined where it holds. */
export type ChainProblem = string | undefined;

/**
 * Checks that `chain` (leaf first) ends at one of `roots` and that every certificate is valid at `nowMs`. Signatures,
 * issuer names and CA flags are checked; revocation is not.
 */
export function verifyChain(
  chain: readonly Certificate[],
  roots: readonly Certificate[],
  nowMs: number,
): ChainProblem {
  const [leaf] = chain;
  if (leaf === undefined) return 'the chain is empty';
  const expired = chain
    .map((certificate) => outsideValidity(certificate, nowMs))
    .find((found) => found !== undefined);
  if (expired !== undefined) return expired;
  let current = leaf;
  const pool = chain.slice(1);
  for (let depth = 0; depth <= chain.length; depth += 1) {
    if (roots.some((root) => isIssuedBy(current, root) && outsideValidity(root, nowMs) === undefined))
      return undefined;
    const issuer = pool.find((candidate) => candidate !== current && isIssuedBy(current, candidate));
    if (issuer === undefined) break;
    current = issuer;
  }
  return `${describe(current)} is not signed by a trusted root`;
}

/** True where `issuer` is a CA that signed `certificate`, or is the very same trusted certificate. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  if (certificate.native.fingerprint256 === issuer.native.fingerprint256) return true;
  return (
    issuer.isCa &&
    certificate.native.checkIssued(issuer.native) &&
    certificate.native.verify(issuer.native.publicKey)
  );
}

function outsideValidity(certificate: Certificate, nowMs: number): ChainProblem {
  const { notBeforeMs, notAfterMs } = certificate;
  if (nowMs > notAfterMs) return `${describe(certificate)} expired at ${new Date(notAfterMs).toISOString()}`;
  if (nowMs < notBeforeMs) {
    return `${describe(certificate)} is not valid before ${new Date(notBeforeMs).toISOString()}: check the clocks`;
  }
  return undefined;
}

function describe(certificate: Certificate): string {
  const [name = certificate.subject] = [...certificate.uris, ...certificate.dnsNames];
  return `the certificate of ${name === '' ? certificate.serialNumber : name}`;
}
