import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
} from './x509.js';
import { memo } from '@istio-ts/foundation';
import { signingAlgorithm, type KeyPair } from './key-pair.js';
import { encodeSubjectNames, type SubjectNames } from './subject-names.js';

/** Who signs: a key and the certificate that names it. */
export interface Signer {
  readonly keyPair: KeyPair;
  readonly certificatePem: string;
}

/** The life of a certificate in milliseconds since the epoch. */
export interface Validity {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

export interface LeafRequest {
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: ArrayBuffer;
  readonly names: SubjectNames;
  readonly validity: Validity;
}

/** A certificate for both ends of mutual TLS. It has no subject: the names say who it is for. */
export async function issueLeaf(
  signer: Signer,
  { publicKey, names, validity }: LeafRequest,
): Promise<string> {
  const { name, keyIdentifier } = await issuerOf(signer);
  const certificate = await X509CertificateGenerator.create({
    ...dates(validity),
    issuer: name,
    publicKey,
    signingKey: signer.keyPair.privateKey,
    signingAlgorithm: signingAlgorithm(signer.keyPair),
    extensions: [
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
      new BasicConstraintsExtension(false, undefined, true),
      keyIdentifier,
      encodeSubjectNames(names, true),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** A self-signed root certificate for the key. */
export async function issueRoot(keyPair: KeyPair, organization: string, validity: Validity): Promise<string> {
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...dates(validity),
    name: [{ O: [organization] }],
    keys: keyPair,
    signingAlgorithm: signingAlgorithm(keyPair),
    extensions: [...authorityExtensions(), await SubjectKeyIdentifierExtension.create(keyPair.publicKey)],
  });
  return `${certificate.toString('pem')}\n`;
}

/** An intermediate CA certificate under `signer`: what an organisation plugs in as `ca-cert.pem`. */
export async function issueIntermediate(
  signer: Signer,
  keyPair: KeyPair,
  { organization, validity }: { readonly organization: string; readonly validity: Validity },
): Promise<string> {
  const { name, keyIdentifier } = await issuerOf(signer);
  const certificate = await X509CertificateGenerator.create({
    ...dates(validity),
    subject: [{ O: [organization] }, { CN: ['Intermediate CA'] }],
    issuer: name,
    publicKey: keyPair.publicKey,
    signingKey: signer.keyPair.privateKey,
    signingAlgorithm: signingAlgorithm(signer.keyPair),
    extensions: [
      ...authorityExtensions(),
      await SubjectKeyIdentifierExtension.create(keyPair.publicKey),
      keyIdentifier,
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** What every certificate of one signer says of it; read once, since a CA signs for a whole mesh at a time. */
const issuerOf = memo(async (signer: Signer) => {
  const { subjectName, publicKey } = new X509Certificate(signer.certificatePem);
  return { name: subjectName, keyIdentifier: await AuthorityKeyIdentifierExtension.create(publicKey) };
});

function authorityExtensions(): Extension[] {
  return [
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    new BasicConstraintsExtension(true, undefined, true),
  ];
}

function dates({ notBeforeMs, notAfterMs }: Validity): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(notBeforeMs), notAfter: new Date(notAfterMs) };
}
