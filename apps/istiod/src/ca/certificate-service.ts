import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from '@grpc/grpc-js';
import {
  MeshError,
  MeshErrorCode,
  parseSpiffeId,
  renderSpiffeId,
  type Logger,
  type Metrics,
  type SpiffeId,
} from '@istio-ts/foundation';
import { parseCertificateRequest, type CertificateAuthority } from '@istio-ts/pki';
import { grpcService, istioCa } from '@istio-ts/xds-types';
import { proveCaller, type CallerProof } from '../ads/caller.js';
import { grpcStatus } from '../ads/grpc-status.js';

export interface CertificateServiceOptions {
  readonly authority: CertificateAuthority;
  readonly proof: CallerProof;
  /** Life of a certificate whose request names none. */
  readonly defaultTtlMs: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

type Call = ServerUnaryCall<istioCa.IstioCertificateRequest, istioCa.IstioCertificateResponse>;

export const certificateServiceDefinition = grpcService(istioCa.IstioCertificateServiceDefinition);

/** Istio's certificate service: signs for the identity that the caller proves, whatever the request says. */
export function createCertificateService(options: CertificateServiceOptions): UntypedServiceImplementation {
  return {
    createCertificate: (call: Call, callback: sendUnaryData<istioCa.IstioCertificateResponse>) => {
      const { metrics, logger } = options;
      metrics.increment('citadel_server_csr_count');
      answer(call, options).then(
        (response) => {
          metrics.increment('citadel_server_success_cert_issuance_count');
          callback(null, response);
        },
        (thrown: unknown) => {
          const refused = grpcStatus(thrown);
          logger.warn('a certificate is refused', { peer: call.getPeer(), reason: refused.details });
          callback(refused);
        },
      );
    },
  };
}

async function answer(
  call: Call,
  { authority, proof, defaultTtlMs, metrics }: CertificateServiceOptions,
): Promise<istioCa.IstioCertificateResponse> {
  const subjectAltNames = call.getAuthContext().sslPeerCertificate?.subjectaltname;
  const counted = (metric: string, labels?: Readonly<Record<string, string>>) => (thrown: unknown) => {
    metrics.increment(metric, labels);
    throw thrown;
  };
  const caller = await proveCaller({ metadata: call.metadata, subjectAltNames }, proof).catch(
    counted('citadel_server_authentication_failure_count'),
  );
  const { csr, validityDuration } = call.request;
  const request = await parseCertificateRequest(csr).catch(counted('citadel_server_csr_parsing_err_count'));
  const identities = caller.kind === 'proven' ? caller.identities : [];
  let identity: SpiffeId;
  try {
    identity = chooseIdentity(identities, request.uris);
  } catch (thrown) {
    return counted('citadel_server_id_extraction_err_count')(thrown);
  }
  const ttlMs = validityDuration > 0 ? validityDuration * 1000 : defaultTtlMs;
  const chain = await authority
    .sign(request, identity, ttlMs)
    .catch(counted('citadel_server_csr_sign_err_count', { error: 'sign' }));
  return { certChain: [...chain, authority.rootPem] };
}

/** The identity to sign for is a proven one; a request may leave it out, and may not name another. */
export function chooseIdentity(proven: readonly SpiffeId[], requested: readonly string[]): SpiffeId {
  const [first] = proven;
  const known = new Map(proven.map((identity) => [renderSpiffeId(identity), identity]));
  const foreign = requested.find((uri) => !known.has(uri));
  if (first === undefined || foreign !== undefined) {
    const asked = foreign === undefined || parseSpiffeId(foreign) !== undefined ? foreign : `"${foreign}"`;
    throw new MeshError(
      MeshErrorCode.PermissionDenied,
      `the certificate request is for ${asked ?? 'nobody'}, the caller proved to be ${[...known.keys()].join(', ')}: a workload gets a certificate for itself only`,
    );
  }
  return known.get(requested[0] ?? '') ?? first;
}
