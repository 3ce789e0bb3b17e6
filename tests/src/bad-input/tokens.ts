import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Claims {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** From now; negative for a token that has expired. */
  readonly lifetimeSeconds: number;
}

/** A token as the platform projects it, signed with the mesh's own key, or with one that nobody knows. */
export async function projectedToken(
  dataDir: string,
  { namespace, serviceAccount, lifetimeSeconds }: Claims,
  signer: 'the mesh' | 'a stranger' = 'the mesh',
): Promise<string> {
  const pem = await readFile(join(dataDir, 'istiod/token-issuer/key.pem'), 'utf8');
  const key =
    signer === 'the mesh'
      ? createPrivateKey(pem)
      : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: 'https://kubernetes.default.svc.cluster.local',
    aud: ['istio-ca'],
    sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
    iat: now - 7200,
    nbf: now - 7200,
    exp: now + lifetimeSeconds,
    'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount } },
  };
  const text = [{ alg: 'ES256', kid: 'localmesh', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
