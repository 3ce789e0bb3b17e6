import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MeshError } from '@istio-ts/foundation';
import { HeldClock, tempDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import {
  createCertificateRequest,
  createKeyPair,
  createPluggedAuthority,
  createRootMaterial,
  createSelfSignedAuthority,
  issueIntermediate,
  KeyAlgorithm,
  mergeTrustBundle,
  noSubjectNames,
  parseCertificate,
  parseCertificateRequest,
  parseCertificates,
  parseKeyPair,
  renderPrivateKeyPem,
  rotationDelay,
  verifyChain,
  type PluggedAuthorityFiles,
} from './index.js';

const nowMs = Date.UTC(2026, 0, 1);
const clock = new HeldClock(nowMs);
const identity = { trustDomain: 'cluster.local', namespace: 'default', serviceAccount: 'webapp' };
const spiffe = 'spiffe://cluster.local/ns/default/sa/webapp';
const hasOpenssl = canRun('openssl', ['version']);

function canRun(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, [...args], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function plugged(): Promise<PluggedAuthorityFiles> {
  const root = await createRootMaterial('corp', clock);
  const signer = { keyPair: await parseKeyPair(root.keyPem, 'root'), certificatePem: root.certificatePem };
  const keyPair = await createKeyPair();
  const validity = { notBeforeMs: nowMs - 1000, notAfterMs: nowMs + 1e9 };
  const ca = await issueIntermediate(signer, keyPair, { organization: 'Mesh', validity });
  return {
    'ca-cert.pem': ca,
    'ca-key.pem': await renderPrivateKeyPem(keyPair),
    'root-cert.pem': root.certificatePem,
    'cert-chain.pem': ca + root.certificatePem,
  };
}

describe('a certificate request', () => {
  it.each(Object.values(KeyAlgorithm))('survives the way through PEM with a %s key', async (algorithm) => {
    const keyPair = await createKeyPair(algorithm);
    const pem = await createCertificateRequest(keyPair, { ...noSubjectNames, uris: [spiffe] });
    expect((await parseCertificateRequest(pem)).uris).toEqual([spiffe]);
  });

  it('is refused where another key signed it', async () => {
    const keyPair = await createKeyPair();
    const stranger = await createKeyPair();
    const mixed = { publicKey: keyPair.publicKey, privateKey: stranger.privateKey };
    const pem = await createCertificateRequest(mixed, { ...noSubjectNames, uris: [spiffe] });
    await expect(parseCertificateRequest(pem)).rejects.toThrow('not signed by the key');
  });

  it('is refused with a sentence where it is not PEM', async () => {
    await expect(parseCertificateRequest('hello')).rejects.toThrow(MeshError);
  });
});

describe('a self-made authority', () => {
  it('gives the identity it was told, whatever the request asks for', async () => {
    const authority = await createSelfSignedAuthority(await createRootMaterial('cluster.local', clock), {
      clock,
    });
    const keyPair = await createKeyPair();
    const names = { ...noSubjectNames, uris: ['spiffe://cluster.local/ns/kube-system/sa/admin'] };
    const chain = await authority.sign(await createCertificateRequest(keyPair, names), identity, 3_600_000);
    const leaf = parseCertificate(chain.join(''), 'chain');
    expect(leaf.uris).toEqual([spiffe]);
    expect(leaf.notAfterMs - nowMs).toBe(3_600_000);
    expect(nowMs - leaf.notBeforeMs).toBe(120_000);
    expect(verifyChain([leaf], parseCertificates(authority.rootPem, 'root'), nowMs)).toBeUndefined();
  });

  it('does not sign for longer than its limit', async () => {
    const root = await createRootMaterial('cluster.local', clock);
    const authority = await createSelfSignedAuthority(root, { clock, maxTtlMs: 1000 });
    const request = await createCertificateRequest(await createKeyPair(), noSubjectNames);
    const [leaf = ''] = await authority.sign(request, identity, 1e9);
    expect(parseCertificate(leaf, 'leaf').notAfterMs).toBe(nowMs + 1000);
  });

  it.runIf(hasOpenssl)('makes certificates that OpenSSL accepts for both ends of TLS', async () => {
    const authority = await createSelfSignedAuthority(await createRootMaterial('cluster.local', clock), {
      clock,
    });
    const request = await createCertificateRequest(await createKeyPair(), noSubjectNames);
    const [leaf = ''] = await authority.sign(request, identity, 3_600_000);
    const serving = await authority.issueServing(
      { ...noSubjectNames, dnsNames: ['istiod.istio-system.svc'] },
      1e7,
    );
    const dir = await tempDir();
    writeFileSync(join(dir, 'root.pem'), authority.rootPem);
    writeFileSync(join(dir, 'leaf.pem'), leaf);
    writeFileSync(join(dir, 'serving.pem'), serving.chainPem);
    const verify = (file: string, ...options: string[]): string =>
      execFileSync(
        'openssl',
        [
          'verify',
          '-x509_strict',
          '-attime',
          String(nowMs / 1000),
          ...options,
          '-CAfile',
          join(dir, 'root.pem'),
          file,
        ],
        { encoding: 'utf8', stdio: 'pipe' },
      );
    expect(verify(join(dir, 'leaf.pem'), '-purpose', 'sslclient')).toContain('OK');
    expect(verify(join(dir, 'leaf.pem'), '-purpose', 'sslserver')).toContain('OK');
    expect(verify(join(dir, 'serving.pem'), '-verify_hostname', 'istiod.istio-system.svc')).toContain('OK');
    const text = execFileSync('openssl', ['x509', '-in', join(dir, 'leaf.pem'), '-noout', '-text'], {
      encoding: 'utf8',
    });
    expect(text).toMatch(
      /Subject Alternative Name: critical\s+URI:spiffe:\/\/cluster.local\/ns\/default\/sa\/webapp/,
    );
  });
});

describe('a plugged-in authority', () => {
  it('hands out the chain up to, and without, the root', async () => {
    const files = await plugged();
    const authority = await createPluggedAuthority(files, { clock });
    const request = await createCertificateRequest(await createKeyPair(), noSubjectNames);
    const chain = parseCertificates((await authority.sign(request, identity, 1000)).join(''), 'chain');
    expect(chain).toHaveLength(2);
    expect(authority.rootPem).toBe(files['root-cert.pem']);
    expect(verifyChain(chain, parseCertificates(authority.rootPem, 'root'), nowMs)).toBeUndefined();
  });

  it('reads keys of every usual form', async () => {
    for (const algorithm of Object.values(KeyAlgorithm)) {
      const pem = await renderPrivateKeyPem(await createKeyPair(algorithm));
      await expect(parseKeyPair(pem, 'key')).resolves.toBeDefined();
    }
  });

  it.each<[string, Partial<PluggedAuthorityFiles>, string]>([
    ['the key is another one', { 'ca-key.pem': 'other' }, 'ca-key.pem is not the key of ca-cert.pem'],
    ['the key cannot be read', { 'ca-key.pem': 'garbage' }, 'ca-key.pem has no readable private key'],
    ['the root is another one', { 'root-cert.pem': 'other' }, 'does not lead to root-cert.pem'],
    ['the certificate is missing', { 'ca-cert.pem': '' }, 'ca-cert.pem has no PEM certificate'],
  ])('says so where %s', async (_name, change, message) => {
    const other = await plugged();
    const replaced = Object.entries(change).map(([name, value]): [string, string] => [
      name,
      value === 'other' ? (other[name as keyof PluggedAuthorityFiles] ?? '') : value,
    ]);
    const files = { ...(await plugged()), ...Object.fromEntries(replaced) };
    await expect(createPluggedAuthority(files, { clock })).rejects.toThrow(message);
  });
});

describe('a chain', () => {
  it('is refused under a stranger root, when expired and before its time', async () => {
    const authority = await createSelfSignedAuthority(await createRootMaterial('cluster.local', clock), {
      clock,
    });
    const stranger = await createRootMaterial('cluster.local', clock);
    const request = await createCertificateRequest(await createKeyPair(), noSubjectNames);
    const chain = parseCertificates((await authority.sign(request, identity, 60_000)).join(''), 'chain');
    const roots = parseCertificates(authority.rootPem, 'root');
    expect(verifyChain(chain, parseCertificates(stranger.certificatePem, 'root'), nowMs)).toContain(
      'not signed',
    );
    expect(verifyChain(chain, roots, nowMs + 61_000)).toContain('expired');
    expect(verifyChain(chain, roots, nowMs - 600_000)).toContain('not valid before');
    expect(verifyChain([], roots, nowMs)).toContain('empty');
  });
});

describe('rotation', () => {
  const certificate = { notBeforeMs: 0, notAfterMs: 1000 };

  it('comes when half the life is left', () => {
    expect(rotationDelay(certificate, 0)).toBe(500);
    expect(rotationDelay(certificate, 100, { graceRatio: 0.2 })).toBe(700);
  });

  it('is due at once for a certificate past that point', () => {
    expect(rotationDelay(certificate, 5000)).toBe(0);
  });

  it('counts the life of a certificate whose start was put back from its issue', () => {
    expect(rotationDelay({ notBeforeMs: -120_000, notAfterMs: 1000 }, 0, { issuedAtMs: 0 })).toBe(500);
  });

  it('is spread by the jitter', () => {
    expect(rotationDelay(certificate, 0, { jitter: 1 })).toBe(490);
    expect(rotationDelay(certificate, 0, { jitter: -1 })).toBe(510);
  });
});

describe('a trust bundle', () => {
  it('names every root once', async () => {
    const one = (await createRootMaterial('a', clock)).certificatePem;
    const two = (await createRootMaterial('b', clock)).certificatePem;
    expect(mergeTrustBundle([one, two, one + two])).toBe(one + two);
  });
});
