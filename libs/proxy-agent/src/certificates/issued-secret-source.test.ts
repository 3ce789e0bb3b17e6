import { MeshError, MeshErrorCode, silentLogger } from '@istio-ts/foundation';
import { createRootMaterial, createSelfSignedAuthority, KeyAlgorithm, parseCertificate } from '@istio-ts/pki';
import { eventually, HeldClock } from '@istio-ts/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CertificateClient } from './certificate-client.js';
import { IssuedSecretSource } from './issued-secret-source.js';

const identity = { trustDomain: 'cluster.local', namespace: 'default', serviceAccount: 'webapp' };
const hourMs = 3_600_000;

async function createSource(clock: HeldClock): Promise<{
  readonly source: IssuedSecretSource;
  readonly service: { isAway: boolean; asked: number };
}> {
  const authority = await createSelfSignedAuthority(await createRootMaterial('cluster.local', clock), {
    clock,
  });
  const service = { isAway: false, asked: 0 };
  const client: CertificateClient = {
    async sign(request, ttlMs) {
      service.asked += 1;
      if (service.isAway) throw new MeshError(MeshErrorCode.Unavailable, 'away');
      const [chainPem = ''] = await authority.sign(request, identity, ttlMs);
      return { chainPem, rootPem: authority.rootPem, leaf: parseCertificate(chainPem, 'chain') };
    },
  };
  const source = new IssuedSecretSource({
    clientFor: () => client,
    identity,
    ttlMs: hourMs,
    graceRatio: 0.5,
    keyAlgorithm: KeyAlgorithm.EcdsaP256,
    rootCertFile: '/nowhere',
    clock,
    random: () => 0.5,
    logger: silentLogger,
  });
  const stop = new AbortController();
  const running = source.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await running;
  });
  return { source, service };
}

describe('an issued certificate', () => {
  it('is renewed with a new key when half of its life is left', async () => {
    const clock = new HeldClock(Date.UTC(2026, 0, 1));
    const { source } = await createSource(clock);
    const first = await eventually(() => defined(source.current()));
    clock.advance(hourMs / 2 - 1000);
    expect(source.current()).toBe(first);
    clock.advance(1000);
    const second = await eventually(() => {
      expect(source.current()).not.toBe(first);
      return defined(source.current());
    });
    expect(second.privateKeyPem).not.toBe(first.privateKeyPem);
    expect(second.leaf.notAfterMs - first.leaf.notAfterMs).toBe(hourMs / 2);
  });

  it('is kept while the service is away, which is asked again and again', async () => {
    const clock = new HeldClock(Date.UTC(2026, 0, 1));
    const { source, service } = await createSource(clock);
    const first = await eventually(() => defined(source.current()));
    service.isAway = true;
    clock.advance(hourMs / 2);
    await eventually(() => {
      clock.advance(10_000);
      expect(service.asked).toBeGreaterThan(3);
    });
    expect(source.current()).toBe(first);
    service.isAway = false;
    await eventually(() => {
      clock.advance(10_000);
      expect(source.current()).not.toBe(first);
    });
  });
});

function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not there yet');
  return value;
}
