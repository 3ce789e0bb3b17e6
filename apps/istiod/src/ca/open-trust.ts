import { readFile } from 'node:fs/promises';
import { MeshError, MeshErrorCode, type Clock, type Logger, type Metrics } from '@istio-ts/foundation';
import { createTokenVerifier, type CertificateAuthority, type TokenVerifier } from '@istio-ts/pki';
import type { Options } from '../options.js';
import { openAuthority } from './open-authority.js';

/** The certificate authority, and who verifies tokens, where any are accepted. */
export interface Trust {
  readonly authority: CertificateAuthority;
  readonly verifier: TokenVerifier | undefined;
}

export async function openTrust(
  options: Options,
  { clock, logger, metrics }: { readonly clock: Clock; readonly logger: Logger; readonly metrics: Metrics },
): Promise<Trust> {
  const { authority, origin, rootExpiresMs, signerExpiresMs } = await openAuthority({
    dataDir: options.dataDir,
    pluggedDir: options.caCertificates,
    trustDomain: options.trustDomain,
    maxTtlMs: options.maxWorkloadCertTtlMs,
    clock,
  });
  logger.info('the certificate authority stands', { origin });
  metrics.set('citadel_server_root_cert_expiry_timestamp', rootExpiresMs / 1000);
  metrics.set('citadel_server_cert_chain_expiry_timestamp', signerExpiresMs / 1000);
  return { authority, verifier: await readVerifier(options, clock) };
}

async function readVerifier(
  { tokenJwks, tokenIssuer, tokenAudiences }: Options,
  clock: Clock,
): Promise<TokenVerifier | undefined> {
  if (tokenJwks === '') return undefined;
  const text = await readFile(tokenJwks, 'utf8').catch((thrown: unknown) => {
    throw MeshError.from(thrown, `the token keys ${tokenJwks} (--token-jwks) cannot be read`);
  });
  try {
    const keys = JSON.parse(text) as Parameters<typeof createTokenVerifier>[0];
    return createTokenVerifier(keys, { issuer: tokenIssuer, audiences: tokenAudiences, clock });
  } catch (cause) {
    const message = `${tokenJwks} (--token-jwks) is no JSON Web Key Set: {"keys": [...]}`;
    throw new MeshError(MeshErrorCode.Usage, message, { cause });
  }
}
