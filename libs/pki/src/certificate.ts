import { X509Certificate as NodeCertificate } from 'node:crypto';
import { SubjectAlternativeNameExtension, X509Certificate } from './x509.js';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { readSubjectNames, type SubjectNames } from './subject-names.js';

/** A parsed certificate. Times are milliseconds since the epoch, `serialNumber` is lower-case hex. */
export interface Certificate extends SubjectNames {
  readonly pem: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly isCa: boolean;
  /** Node's own view of the same bytes; checks signatures without a second parse. */
  readonly native: NodeCertificate;
}

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The PEM blocks of a text, each with one newline at its end; what stands between blocks is ignored. */
export function splitPem(text: string): readonly string[] {
  return Array.from(text.matchAll(block), ([pem]) => `${pem}\n`);
}

/** All certificates of a PEM text in their order, at least one. `source` names the text in messages. */
export function parseCertificates(text: string, source: string): readonly Certificate[] {
  const certificates = splitPem(text).map((pem, index) =>
    parseOne(pem, `${source}, certificate ${index + 1}`),
  );
  if (certificates.length > 0) return certificates;
  throw new MeshError(MeshErrorCode.FileSystem, `${source} has no PEM certificate`);
}

/** The first certificate of a PEM text: the leaf of a chain. */
export function parseCertificate(text: string, source: string): Certificate {
  const [first] = parseCertificates(text, source);
  if (first === undefined) throw new MeshError(MeshErrorCode.FileSystem, `${source} has no PEM certificate`);
  return first;
}

function parseOne(pem: string, source: string): Certificate {
  try {
    const native = new NodeCertificate(pem);
    const parsed = new X509Certificate(pem);
    return {
      pem,
      subject: parsed.subject,
      issuer: parsed.issuer,
      serialNumber: parsed.serialNumber.toLowerCase(),
      notBeforeMs: parsed.notBefore.getTime(),
      notAfterMs: parsed.notAfter.getTime(),
      isCa: native.ca,
      native,
      ...readSubjectNames(parsed.getExtension(SubjectAlternativeNameExtension)),
    };
  } catch (cause) {
    throw new MeshError(MeshErrorCode.FileSystem, `${source} cannot be parsed`, { cause });
  }
}
