import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  createKeyPair,
  createRootMaterial,
  issueIntermediate,
  parseCertificate,
  parseKeyPair,
  renderPrivateKeyPem,
} from '@istio-ts/pki';
import { tempDir } from '@istio-ts/testkit';
import { systemClock } from '../system-clock.js';
import { writeFailure } from './durable-file.js';
import { openAuthority, type AuthorityPlace } from './open-authority.js';

async function place(): Promise<AuthorityPlace> {
  const dir = await tempDir();
  return {
    dataDir: join(dir, 'data'),
    pluggedDir: join(dir, 'cacerts'),
    trustDomain: 'cluster.local',
    maxTtlMs: 3_600_000,
    clock: systemClock,
  };
}

test('a self-made root is kept: the next start has the same, and the key is for its owner alone', async () => {
  const at = await place();
  const first = await openAuthority(at);
  const second = await openAuthority(at);
  expect(second.authority.rootPem).toBe(first.authority.rootPem);
  expect(await readFile(join(at.dataDir, 'root-cert.pem'), 'utf8')).toBe(first.authority.rootPem);
  expect((await stat(join(at.dataDir, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
  expect((await readdir(at.dataDir)).sort()).toEqual(['ca-cert.pem', 'ca-key.pem', 'root-cert.pem']);
});

test('several that start at once on one folder have one root', async () => {
  const at = await place();
  const opened = await Promise.all(Array.from({ length: 5 }, () => openAuthority(at)));
  expect(new Set(opened.map(({ authority }) => authority.rootPem)).size).toBe(1);
  expect((await readdir(at.dataDir)).sort()).toEqual(['ca-cert.pem', 'ca-key.pem', 'root-cert.pem']);
});

test('a certificate without its key is not replaced in silence', async () => {
  const at = await place();
  await openAuthority(at);
  await rm(join(at.dataDir, 'ca-key.pem'));
  await expect(openAuthority(at)).rejects.toThrow('bring the key back, or delete both');
});

test('a start that ended between key and certificate is done again', async () => {
  const at = await place();
  await openAuthority(at);
  await rm(join(at.dataDir, 'ca-cert.pem'));
  expect((await openAuthority(at)).authority.rootPem).toContain('BEGIN CERTIFICATE');
});

test('a plugged-in CA is used where it is there, and its files are checked', async () => {
  const at = await place();
  const root = await createRootMaterial('cluster.local', systemClock);
  const keyPair = await createKeyPair();
  const validity = { notBeforeMs: Date.now() - 1000, notAfterMs: Date.now() + 1_000_000 };
  const signer = { keyPair: await parseKeyPair(root.keyPem, 'root'), certificatePem: root.certificatePem };
  const certificate = await issueIntermediate(signer, keyPair, { organization: 'Acme', validity });
  await mkdir(at.pluggedDir);
  await writeFile(join(at.pluggedDir, 'ca-cert.pem'), certificate);
  await writeFile(join(at.pluggedDir, 'root-cert.pem'), root.certificatePem);
  await expect(openAuthority(at)).rejects.toThrow('has no ca-key.pem');
  await writeFile(join(at.pluggedDir, 'ca-key.pem'), await renderPrivateKeyPem(keyPair));
  await copyFile(join(at.pluggedDir, 'ca-cert.pem'), join(at.pluggedDir, 'cert-chain.pem'));
  const { authority, origin } = await openAuthority(at);
  expect(origin).toBe(at.pluggedDir);
  expect(parseCertificate(authority.rootPem, 'root').serialNumber).toBe(
    parseCertificate(root.certificatePem, 'root').serialNumber,
  );
});

test('a data folder that cannot be made, and a full disk, are said so', async () => {
  const at = await place();
  await writeFile(at.dataDir, 'a file');
  await expect(openAuthority(at)).rejects.toThrow(`the data folder ${at.dataDir} cannot be made`);
  const full = writeFailure(
    Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }),
    '/data/ca-key.pem',
  );
  expect(full).toMatchObject({ code: 'DISK_FULL' });
  expect(full.message).toContain('the disk is full: /data/ca-key.pem cannot be written; free some space');
});
