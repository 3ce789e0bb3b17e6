import { status, type Deadline, type ServiceError } from '@grpc/grpc-js';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { parseCertificates, type Certificate } from '@istio-ts/pki';
import { istioCa } from '@istio-ts/xds-types';
import { deserialize, serialize } from '../grpc/codec.js';
import { shortReason } from '../grpc/short-reason.js';
import { openControlPlane, type ControlPlaneOptions } from '../grpc/control-plane-channel.js';

/** What a certificate service gave: PEM texts. */
export interface SignedCertificate {
  readonly chainPem: string;
  /** Undefined where the answer ends without a self-signed certificate. */
  readonly rootPem: string | undefined;
  readonly leaf: Certificate;
}

export interface CertificateClient {
  sign(requestPem: string, ttlMs: number): Promise<SignedCertificate>;
}

const path = '/istio.v1.auth.IstioCertificateService/CreateCertificate';
const deadlineMs = 10_000;

/** Asks `IstioCertificateService/CreateCertificate`; every call is a connection of its own with the freshest credentials. */
export function createCertificateClient(options: ControlPlaneOptions): CertificateClient {
  return {
    async sign(csr, ttlMs) {
      const channel = await openControlPlane(options);
      const request = { csr, validityDuration: Math.ceil(ttlMs / 1000) };
      try {
        return readAnswer(await call(channel, request, options.clock.nowMs() + deadlineMs));
      } catch (error) {
        throw explain(error, options.address);
      } finally {
        channel.client.close();
      }
    },
  };
}

function call(
  { client, metadata }: Awaited<ReturnType<typeof openControlPlane>>,
  request: istioCa.IstioCertificateRequest,
  deadline: Deadline,
): Promise<istioCa.IstioCertificateResponse> {
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      serialize(istioCa.IstioCertificateRequest),
      deserialize(istioCa.IstioCertificateResponse),
      request,
      metadata,
      { deadline },
      (error, answer) => {
        if (error) reject(error);
        else if (answer) resolve(answer);
      },
    );
  });
}

/** Istio's services put the root last; a certificate that signed itself is one, whatever its place. */
function readAnswer({ certChain }: istioCa.IstioCertificateResponse): SignedCertificate {
  const certificates = parseCertificates(certChain.join('\n'), "the certificate service's answer");
  const isRoot = ({ subject, issuer, isCa }: Certificate): boolean => isCa && subject === issuer;
  const chain = certificates.filter((one) => !isRoot(one));
  const roots = certificates.filter(isRoot);
  const [leaf] = chain;
  if (leaf === undefined) {
    throw new MeshError(
      MeshErrorCode.Protocol,
      "the certificate service's answer has no workload certificate",
    );
  }
  return {
    leaf,
    chainPem: chain.map(({ pem }) => pem).join(''),
    rootPem: roots.length > 0 ? roots.map(({ pem }) => pem).join('') : undefined,
  };
}

function explain(error: unknown, address: string): MeshError {
  if (error instanceof MeshError) return error;
  const { code } = error as Partial<ServiceError>;
  const message = `the certificate service at ${address} did not sign: ${shortReason(error)}`;
  if (code === status.UNAUTHENTICATED)
    return new MeshError(MeshErrorCode.Unauthenticated, message, { cause: error });
  if (code === status.PERMISSION_DENIED)
    return new MeshError(MeshErrorCode.PermissionDenied, message, { cause: error });
  return new MeshError(MeshErrorCode.Unavailable, message, { cause: error });
}
