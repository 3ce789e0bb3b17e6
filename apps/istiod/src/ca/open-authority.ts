import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, MeshErrorCode, type Clock } from '@istio-ts/foundation';
import {
  createPluggedAuthority,
  createRootMaterial,
  createSelfSignedAuthority,
  parseCertificate,
  type CertificateAuthority,
  type RootMaterial,
} from '@istio-ts/pki';
import { writeDurably, writeOnce } from './durable-file.js';

export interface AuthorityPlace {
  /** Where a self-made root is kept: `ca-cert.pem`, `ca-key.pem`; and `root-cert.pem` for everyone to trust. */
  readonly dataDir: string;
  /** A plugged-in CA, used where its `ca-cert.pem` is there. */
  readonly pluggedDir: string;
  readonly trustDomain: string;
  readonly maxTtlMs: number;
  readonly clock: Clock;
}

export interface OpenedAuthority {
  readonly authority: CertificateAuthority;
  /** For the log: where the CA comes from. */
  readonly origin: string;
  readonly rootExpiresMs: number;
  /** Of the certificate that signs: the root's own where the CA is self-made. */
  readonly signerExpiresMs: number;
}

/** The mesh's CA: plugged in, or the self-made one that was kept, or a new one. Writes `root-cert.pem`. */
export async function openAuthority(place: AuthorityPlace): Promise<OpenedAuthority> {
  const { dataDir, pluggedDir, maxTtlMs, clock } = place;
  await mkdir(dataDir, { recursive: true }).catch((thrown: unknown) => {
    throw MeshError.from(thrown, `the data folder ${dataDir} cannot be made`);
  });
  const plugged = await readOptional(join(pluggedDir, 'ca-cert.pem'));
  const authority =
    plugged === undefined
      ? await createSelfSignedAuthority(await keptRoot(place), { clock, maxTtlMs })
      : await createPluggedAuthority(await readPlugged(pluggedDir, plugged), { clock, maxTtlMs });
  await writeDurably(join(dataDir, 'root-cert.pem'), authority.rootPem, 0o644);
  const { notAfterMs } = parseCertificate(authority.rootPem, 'root-cert.pem');
  if (notAfterMs <= clock.nowMs()) {
    const where = plugged === undefined ? dataDir : pluggedDir;
    throw new MeshError(MeshErrorCode.FileSystem, `the root certificate in ${where} has expired: replace it`);
  }
  if (plugged === undefined)
    return { authority, origin: dataDir, rootExpiresMs: notAfterMs, signerExpiresMs: notAfterMs };
  const signer = parseCertificate(plugged, 'ca-cert.pem');
  return { authority, origin: pluggedDir, rootExpiresMs: notAfterMs, signerExpiresMs: signer.notAfterMs };
}

async function keptRoot({ dataDir, trustDomain, clock }: AuthorityPlace): Promise<RootMaterial> {
  const [certificateFile, keyFile] = [join(dataDir, 'ca-cert.pem'), join(dataDir, 'ca-key.pem')];
  const certificatePem = await readOptional(certificateFile);
  const keyPem = await readOptional(keyFile);
  if (certificatePem !== undefined && keyPem !== undefined) return { certificatePem, keyPem };
  if (certificatePem !== undefined) {
    throw new MeshError(
      MeshErrorCode.FileSystem,
      `${certificateFile} is there and its key ${keyFile} is not: bring the key back, or delete both for a new root (every workload then needs a new certificate)`,
    );
  }
  // Several may start at once on one folder, and a start may end half-way: whoever comes takes what stands and goes on.
  const madeKey = (await createRootMaterial(trustDomain, clock)).keyPem;
  const standingKey = await writeOnce(keyFile, madeKey, 0o600);
  const made = await createRootMaterial(trustDomain, clock, { keyPem: standingKey });
  return {
    keyPem: standingKey,
    certificatePem: await writeOnce(certificateFile, made.certificatePem, 0o644),
  };
}

async function readPlugged(
  dir: string,
  caCert: string,
): Promise<Parameters<typeof createPluggedAuthority>[0]> {
  const read = async (name: string): Promise<string> => {
    const text = await readOptional(join(dir, name));
    if (text === undefined) {
      throw new MeshError(MeshErrorCode.FileSystem, `the plugged-in CA in ${dir} has no ${name}`);
    }
    return text;
  };
  const chain = await readOptional(join(dir, 'cert-chain.pem'));
  return {
    'ca-cert.pem': caCert,
    'ca-key.pem': await read('ca-key.pem'),
    'root-cert.pem': await read('root-cert.pem'),
    ...(chain !== undefined && { 'cert-chain.pem': chain }),
  };
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (
      thrown instanceof Error &&
      'code' in thrown &&
      (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')
    ) {
      return undefined;
    }
    throw MeshError.from(thrown, `reading ${path}`);
  }
}
