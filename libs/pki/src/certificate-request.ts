import {
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
} from './x509.js';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { signingAlgorithm, type KeyPair } from './key-pair.js';
import { encodeSubjectNames, readSubjectNames, type SubjectNames } from './subject-names.js';

/** A certificate signing request whose signature was checked: its sender holds the key. */
export interface CertificateRequest extends SubjectNames {
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: ArrayBuffer;
}

/** A PEM request for the key's public half. The names are a wish: a CA decides by the caller's identity. */
export async function createCertificateRequest(keyPair: KeyPair, names: SubjectNames): Promise<string> {
  const request = await Pkcs10CertificateRequestGenerator.create({
    keys: keyPair,
    signingAlgorithm: signingAlgorithm(keyPair),
    extensions: [encodeSubjectNames(names, true)],
  });
  return `${request.toString('pem')}\n`;
}

/** Parses a PEM request and checks its signature; throws a MeshError that says what a caller did wrong. */
export async function parseCertificateRequest(pem: string): Promise<CertificateRequest> {
  const request = readRequest(pem);
  if (!(await request.verify().catch(() => false))) {
    throw new MeshError(
      MeshErrorCode.Protocol,
      'the certificate request is not signed by the key that it asks a certificate for',
    );
  }
  const names = readSubjectNames(
    request.extensions.find((found) => found instanceof SubjectAlternativeNameExtension),
  );
  return { publicKey: request.publicKey.rawData, ...names };
}

function readRequest(pem: string): Pkcs10CertificateRequest {
  try {
    return new Pkcs10CertificateRequest(pem);
  } catch (cause) {
    throw new MeshError(
      MeshErrorCode.Protocol,
      'the certificate request is not a PEM "CERTIFICATE REQUEST"',
      {
        cause,
      },
    );
  }
}
