import { createPrivateKey, createPublicKey, webcrypto, type KeyObject } from 'node:crypto';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

export const KeyAlgorithm = { EcdsaP256: 'ecdsa-p256', Rsa2048: 'rsa-2048' } as const;
export type KeyAlgorithm = (typeof KeyAlgorithm)[keyof typeof KeyAlgorithm];

/** A private key with its public half. The key material is not enumerable, so that it cannot reach a log by accident. */
export interface KeyPair {
  readonly privateKey: webcrypto.CryptoKey;
  readonly publicKey: webcrypto.CryptoKey;
}

const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const generateParams = {
  [KeyAlgorithm.EcdsaP256]: { name: 'ECDSA', namedCurve: 'P-256' },
  [KeyAlgorithm.Rsa2048]: { ...rsa, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
} as const;

export async function createKeyPair(algorithm: KeyAlgorithm = KeyAlgorithm.EcdsaP256): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(generateParams[algorithm], true, ['sign', 'verify']);
}

/** PKCS#8, as Envoy and OpenSSL read it. */
export async function renderPrivateKeyPem({ privateKey }: KeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey));
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString();
}

/**
 * The key in a PEM text: PKCS#8, PKCS#1 or SEC1, RSA or an elliptic curve that WebCrypto knows. `source` names the text
 * in messages (usually a file).
 */
export async function parseKeyPair(pem: string, source: string): Promise<KeyPair> {
  const key = readPrivateKey(pem, source);
  const params = importParams(key, source);
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, params, true, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, params, true, ['verify']),
  };
}

/** The algorithm that certificates and requests are signed with by this key. */
export function signingAlgorithm({ privateKey }: KeyPair): { readonly name: string; readonly hash: string } {
  return { name: privateKey.algorithm.name, hash: 'SHA-256' };
}

function readPrivateKey(pem: string, source: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MeshError(
      MeshErrorCode.FileSystem,
      `${source} has no readable private key (${reason}): expected an unencrypted PEM key, RSA or ECDSA`,
      { cause },
    );
  }
}

const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

function importParams(
  key: KeyObject,
  source: string,
): webcrypto.RsaHashedImportParams | webcrypto.EcKeyImportParams {
  if (key.asymmetricKeyType === 'rsa') return rsa;
  const namedCurve = curves[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (namedCurve !== undefined) return { name: 'ECDSA', namedCurve };
  throw new MeshError(
    MeshErrorCode.FileSystem,
    `${source} has a key of type ${key.asymmetricKeyType ?? 'unknown'}: use RSA, or ECDSA on P-256, P-384 or P-521`,
  );
}
