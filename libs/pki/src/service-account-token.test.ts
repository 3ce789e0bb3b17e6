import { HeldClock } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import { createKeyPair, renderPrivateKeyPem } from './key-pair.js';
import {
  createTokenIssuer,
  createTokenVerifier,
  readTokenExpiry,
  type TokenIssuer,
} from './service-account-token.js';

const nowMs = Date.UTC(2026, 0, 1);
const issuer = 'https://kubernetes.default.svc';
const audiences = ['istio-ca'];
const request = {
  issuer,
  audiences,
  ttlMs: 3_600_000,
  namespace: 'default',
  serviceAccount: 'webapp',
  pod: { name: 'webapp-1' },
};

async function createIssuer(): Promise<TokenIssuer> {
  return createTokenIssuer(await renderPrivateKeyPem(await createKeyPair()), new HeldClock(nowMs));
}

describe('a service-account token', () => {
  it('proves namespace, service account and pod', async () => {
    const tokens = await createIssuer();
    const verifier = createTokenVerifier(tokens.keys, { issuer, audiences, clock: new HeldClock(nowMs) });
    const token = await tokens.create(request);
    const claims = await verifier.verify(token);
    expect(claims).toEqual({
      namespace: 'default',
      serviceAccount: 'webapp',
      pod: { name: 'webapp-1' },
      expiresAtMs: nowMs + 3_600_000,
    });
    expect(readTokenExpiry(token)).toBe(claims.expiresAtMs);
  });

  it('is refused with the reason', async () => {
    const tokens = await createIssuer();
    const forger = await createIssuer();
    const at = (ms: number): ReturnType<typeof createTokenVerifier> =>
      createTokenVerifier(tokens.keys, { issuer, audiences, clock: new HeldClock(ms) });
    const forged = { keys: forger.keys.keys.map((key) => ({ ...key, kid: tokens.keys.keys[0]?.kid ?? '' })) };
    const doubting = createTokenVerifier(forged, { issuer, audiences, clock: new HeldClock(nowMs) });
    const token = await tokens.create(request);
    await expect(at(nowMs + 4_000_000).verify(token)).rejects.toThrow('expired');
    await expect(at(nowMs - 4_000_000).verify(token)).rejects.toThrow('not valid yet');
    await expect(doubting.verify(token)).rejects.toThrow('forged');
    await expect(at(nowMs).verify(await forger.create(request))).rejects.toThrow('not known here');
    await expect(at(nowMs).verify(await tokens.create({ ...request, audiences: ['x'] }))).rejects.toThrow(
      'audience',
    );
    await expect(at(nowMs).verify(await tokens.create({ ...request, issuer: 'x' }))).rejects.toThrow(
      'issuer',
    );
    await expect(at(nowMs).verify('hello')).rejects.toThrow('not a signed JWT');
  });

  it('must be of a service account', async () => {
    const tokens = await createIssuer();
    const verifier = createTokenVerifier(tokens.keys, { issuer, audiences, clock: new HeldClock(nowMs) });
    const token = await tokens.create({ ...request, serviceAccount: '' });
    await expect(verifier.verify(token)).rejects.toThrow('not a service account');
  });
});
