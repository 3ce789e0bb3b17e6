import { createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const tokenIssuer = 'https://kubernetes.default.svc.cluster.local';
const audience = 'istio-ca';
const keyId = 'localmesh';

/** Whom a token speaks for. */
export interface TokenSubject {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly serviceAccountUid: string;
  readonly pod: string;
  readonly podUid: string;
}

/** Signs service-account tokens as Kubernetes projects them into pods; istiod knows the key by a JWKS file. */
export class TokenIssuer {
  private constructor(private readonly key: KeyObject) {}

  /** Takes the key of an earlier run from the folder, or makes one; writes `jwks.json` beside it. */
  static async open(folder: string): Promise<TokenIssuer> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, 'key.pem');
    const kept = await readFile(file, 'utf8').catch(() => undefined);
    const key =
      kept === undefined
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
        : createPrivateKey(kept);
    if (kept === undefined) await writePrivate(file, key.export({ type: 'pkcs8', format: 'pem' }).toString());
    const { kty, crv, x, y } = key.export({ format: 'jwk' });
    const jwks = { keys: [{ kty, crv, x, y, use: 'sig', alg: 'ES256', kid: keyId }] };
    await writeFile(join(folder, 'jwks.json'), JSON.stringify(jwks));
    return new TokenIssuer(key);
  }

  /** A token that is good from now for the given time. */
  issue(subject: TokenSubject, lifetimeSeconds: number, nowSeconds: number): string {
    const claims = {
      iss: tokenIssuer,
      aud: [audience],
      sub: `system:serviceaccount:${subject.namespace}:${subject.serviceAccount}`,
      iat: nowSeconds,
      nbf: nowSeconds,
      exp: nowSeconds + lifetimeSeconds,
      'kubernetes.io': {
        namespace: subject.namespace,
        pod: { name: subject.pod, uid: subject.podUid },
        serviceaccount: { name: subject.serviceAccount, uid: subject.serviceAccountUid },
      },
    };
    const signed = `${encode({ alg: 'ES256', kid: keyId, typ: 'JWT' })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(signed), { key: this.key, dsaEncoding: 'ieee-p1363' });
    return `${signed}.${signature.toString('base64url')}`;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function writePrivate(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
