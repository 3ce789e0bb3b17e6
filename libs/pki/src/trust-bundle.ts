import { parseCertificates, type Certificate } from './certificate.js';

/** Several PEM texts as one, every certificate once, in order of appearance. */
export function mergeTrustBundle(texts: readonly string[]): string {
  const seen = new Map<string, Certificate>();
  for (const certificate of texts.flatMap((text) => parseCertificates(text, 'trust bundle'))) {
    if (!seen.has(certificate.native.fingerprint256))
      seen.set(certificate.native.fingerprint256, certificate);
  }
  return Array.from(seen.values(), ({ pem }) => pem).join('');
}
