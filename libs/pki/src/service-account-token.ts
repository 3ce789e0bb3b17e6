import {
  createLocalJWKSet,
  errors,
  exportJWK,
  jwtVerify,
  SignJWT,
  type JSONWebKeySet,
  type JWTPayload,
} from 'jose';
import { MeshError, MeshErrorCode, type Clock } from '@istio-ts/foundation';
import { parseKeyPair } from './key-pair.js';

/** The audience of tokens that are meant for istiod. */
export const istioCaAudience = 'istio-ca';

/** Whom a Kubernetes service-account token proves. */
export interface ServiceAccountClaims {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly pod?: { readonly name: string; readonly uid?: string };
  readonly expiresAtMs: number;
}

export interface TokenVerifier {
  /** The claims of a token that is genuine, in date and for us; throws MeshError UNAUTHENTICATED saying which it is not. */
  verify(token: string): Promise<ServiceAccountClaims>;
}

export interface TokenExpectations {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly clock: Clock;
}

/** Verifies service-account tokens against a key set (the cluster's, or localmesh's own). */
export function createTokenVerifier(
  keys: JSONWebKeySet,
  { issuer, audiences, clock }: TokenExpectations,
): TokenVerifier {
  const keySet = createLocalJWKSet(keys);
  return {
    async verify(token) {
      const currentDate = new Date(clock.nowMs());
      const options = { issuer, audience: [...audiences], currentDate, requiredClaims: ['exp'] };
      const { payload } = await jwtVerify(token, keySet, options).catch((cause: unknown) => {
        throw new MeshError(MeshErrorCode.Unauthenticated, explain(cause, { issuer, audiences }), { cause });
      });
      return readClaims(payload);
    },
  };
}

export interface TokenRequest extends Omit<ServiceAccountClaims, 'expiresAtMs'> {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly ttlMs: number;
}

/** Makes tokens of the form that Kubernetes projects into a pod; the private key is a PEM text (ECDSA P-256 or RSA). */
export interface TokenIssuer {
  /** The public keys, for `createTokenVerifier` and for publishing. */
  readonly keys: JSONWebKeySet;
  create(request: TokenRequest): Promise<string>;
}

export async function createTokenIssuer(privateKeyPem: string, clock: Clock): Promise<TokenIssuer> {
  const { privateKey, publicKey } = await parseKeyPair(privateKeyPem, 'token signing key');
  const alg = privateKey.algorithm.name === 'ECDSA' ? 'ES256' : 'RS256';
  const jwk = await exportJWK(publicKey);
  const kid = String(jwk.x ?? jwk.n).slice(0, 16);
  return {
    keys: { keys: [{ ...jwk, kid, alg, use: 'sig' }] },
    create({ issuer, audiences, ttlMs, namespace, serviceAccount, pod }) {
      const nowSeconds = Math.floor(clock.nowMs() / 1000);
      const kubernetes = { namespace, serviceaccount: { name: serviceAccount }, ...(pod && { pod }) };
      return new SignJWT({ 'kubernetes.io': kubernetes })
        .setProtectedHeader({ alg, kid })
        .setIssuer(issuer)
        .setSubject(`system:serviceaccount:${namespace}:${serviceAccount}`)
        .setAudience([...audiences])
        .setIssuedAt(nowSeconds)
        .setNotBefore(nowSeconds)
        .setExpirationTime(nowSeconds + Math.ceil(ttlMs / 1000))
        .sign(privateKey);
    },
  };
}

/** When a token expires (milliseconds since the epoch) as it says itself, unverified; undefined where it cannot be read. */
export function readTokenExpiry(token: string): number | undefined {
  const [, payload] = token.split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString('utf8'));
    const exp = isRecord(claims) ? claims['exp'] : undefined;
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

function readClaims(payload: JWTPayload): ServiceAccountClaims {
  const [system, kind, namespace, serviceAccount] = (payload.sub ?? '').split(':');
  if (system !== 'system' || kind !== 'serviceaccount' || !namespace || !serviceAccount) {
    throw new MeshError(
      MeshErrorCode.Unauthenticated,
      `the token's subject is "${payload.sub ?? ''}", not a service account (system:serviceaccount:<namespace>:<name>)`,
    );
  }
  const expiresAtMs = (payload.exp ?? 0) * 1000;
  const pod = readPod(payload['kubernetes.io']);
  return { namespace, serviceAccount, expiresAtMs, ...(pod && { pod }) };
}

function readPod(kubernetes: unknown): ServiceAccountClaims['pod'] {
  const pod = isRecord(kubernetes) ? kubernetes['pod'] : undefined;
  if (!isRecord(pod) || typeof pod['name'] !== 'string') return undefined;
  return { name: pod['name'], ...(typeof pod['uid'] === 'string' && { uid: pod['uid'] }) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function explain(
  cause: unknown,
  { issuer, audiences }: Pick<TokenExpectations, 'issuer' | 'audiences'>,
): string {
  if (cause instanceof errors.JWTExpired) return 'the token has expired: the platform must renew it';
  if (cause instanceof errors.JWSSignatureVerificationFailed)
    return 'the token is forged: its signature does not verify';
  if (cause instanceof errors.JWKSNoMatchingKey) return 'the token is signed by a key that is not known here';
  if (cause instanceof errors.JWTClaimValidationFailed) {
    if (cause.claim === 'aud') return `the token is for another audience: expected ${audiences.join(' or ')}`;
    if (cause.claim === 'iss') return `the token is of another issuer: expected ${issuer}`;
    if (cause.claim === 'nbf') return 'the token is not valid yet: check the clocks';
    return `the token's claim "${cause.claim}" is missing or wrong`;
  }
  return 'the token is not a signed JWT';
}
