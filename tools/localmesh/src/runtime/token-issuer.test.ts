import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TokenIssuer } from './token-issuer.js';

const subject = {
  namespace: 'shop',
  serviceAccount: 'catalog',
  serviceAccountUid: 'sa-1',
  pod: 'catalog-1',
  podUid: 'pod-1',
};

describe('service-account tokens', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'localmesh-tokens-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function verifies(token: string): Promise<boolean> {
    const { keys } = JSON.parse(await readFile(join(folder, 'jwks.json'), 'utf8')) as { keys: JsonWebKey[] };
    const [head, body, signature = ''] = token.split('.');
    const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
    const signed = Buffer.from(`${head ?? ''}.${body ?? ''}`);
    return verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  }

  it('say whom they are for, as Kubernetes does, and can be checked with the published key', async () => {
    const issuer = await TokenIssuer.open(folder);
    const token = issuer.issue(subject, 3600, 1000);
    expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())).toEqual({
      iss: 'https://kubernetes.default.svc.cluster.local',
      aud: ['istio-ca'],
      sub: 'system:serviceaccount:shop:catalog',
      iat: 1000,
      nbf: 1000,
      exp: 4600,
      'kubernetes.io': {
        namespace: 'shop',
        pod: { name: 'catalog-1', uid: 'pod-1' },
        serviceaccount: { name: 'catalog', uid: 'sa-1' },
      },
    });
    expect(await verifies(token)).toBe(true);
    expect(await verifies(`${token.slice(0, -4)}AAAA`)).toBe(false);
  });

  it('stay good over a restart: the key is kept, for its owner only', async () => {
    const token = (await TokenIssuer.open(folder)).issue(subject, 3600, 1000);
    await TokenIssuer.open(folder);
    expect(await verifies(token)).toBe(true);
    expect((await stat(join(folder, 'key.pem'))).mode & 0o777).toBe(0o600);
  });
});
