import type { Metadata } from '@grpc/grpc-js';
import { MeshError, MeshErrorCode, parseSpiffeId, renderSpiffeId, type SpiffeId } from '@istio-ts/foundation';
import type { TokenVerifier } from '@istio-ts/pki';
import type { ProxyNode } from '@istio-ts/mesh-ir';

/** Who is calling. On the plain port nobody proves anything: such a caller gets no secrets and no certificates. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'proven';
      readonly identities: readonly SpiffeId[];
      readonly by: 'certificate' | 'token';
    };

export const anonymous: Caller = { kind: 'anonymous' };

/** What a call shows of its caller; grpc-js calls have both. */
export interface CallCredentials {
  readonly metadata: Metadata;
  /** `subjectaltname` of a client certificate that was verified in the handshake. */
  readonly subjectAltNames: string | undefined;
}

export interface CallerProof {
  readonly verifier: TokenVerifier | undefined;
  /** The trust domain of the mesh, at the moment. */
  readonly trustDomain: () => string;
}

/** Proves the caller by its client certificate or its token; throws a MeshError UNAUTHENTICATED saying what is missing. */
export async function proveCaller(
  { metadata, subjectAltNames }: CallCredentials,
  { verifier, trustDomain }: CallerProof,
): Promise<Caller> {
  const identities = spiffeIds(subjectAltNames ?? '');
  if (identities.length > 0) return { kind: 'proven', identities, by: 'certificate' };
  const token = bearerToken(metadata);
  if (token === undefined) {
    throw new MeshError(
      MeshErrorCode.Unauthenticated,
      'no credential: show a client certificate of the mesh, or a service-account token (authorization: Bearer …)',
    );
  }
  if (verifier === undefined) {
    throw new MeshError(
      MeshErrorCode.Unauthenticated,
      'tokens are not accepted: istiod was started without --token-jwks',
    );
  }
  const { namespace, serviceAccount } = await verifier.verify(token);
  return {
    kind: 'proven',
    identities: [{ trustDomain: trustDomain(), namespace, serviceAccount }],
    by: 'token',
  };
}

/** A stream may claim only the namespace and service account of its credential. */
export function checkClaim(caller: Caller, { namespace, serviceAccount }: ProxyNode): void {
  if (caller.kind === 'anonymous') return;
  const proven = caller.identities.some(
    (identity) =>
      identity.namespace === namespace &&
      (serviceAccount === '' || identity.serviceAccount === serviceAccount),
  );
  if (proven) return;
  throw new MeshError(
    MeshErrorCode.PermissionDenied,
    `the proxy says that it is ${namespace}/${serviceAccount}, its ${caller.by} proves ${caller.identities.map(renderSpiffeId).join(', ')}`,
  );
}

/** `URI:spiffe://…, DNS:…` as Node writes it. */
function spiffeIds(subjectAltNames: string): readonly SpiffeId[] {
  return subjectAltNames
    .split(', ')
    .flatMap((name) => (name.startsWith('URI:') ? [parseSpiffeId(name.slice('URI:'.length))] : []))
    .filter((id) => id !== undefined);
}

function bearerToken(metadata: Metadata): string | undefined {
  for (const value of metadata.get('authorization')) {
    const match = /^Bearer\s+(\S+)$/iu.exec(value.toString());
    if (match !== null) return match[1];
  }
  return undefined;
}
