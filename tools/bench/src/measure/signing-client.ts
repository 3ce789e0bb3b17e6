import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { createCertificateRequest, createKeyPair, noSubjectNames } from '@istio-ts/pki';
import { istioCa } from '@istio-ts/xds-types';

const path = '/istio.v1.auth.IstioCertificateService/CreateCertificate';
const deadlineMs = 10_000;

export interface SigningClientOptions {
  /** `host:port` of the secure gRPC port. */
  readonly address: string;
  readonly rootCertPem: string;
  readonly serverName: string;
  readonly token: string;
}

/** Has one certificate request signed over and over, each call with the same key: the server cannot tell. */
export async function createSigningClient(
  options: SigningClientOptions,
): Promise<{ sign(): Promise<void>; close(): void }> {
  const csr = await createCertificateRequest(await createKeyPair(), noSubjectNames);
  const client = new Client(options.address, credentials.createSsl(Buffer.from(options.rootCertPem)), {
    'grpc.ssl_target_name_override': options.serverName,
    'grpc.default_authority': options.serverName,
  });
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${options.token}`);
  metadata.set('clusterid', 'Kubernetes');
  const request: istioCa.IstioCertificateRequest = { csr, validityDuration: 3600 };
  return {
    sign: () =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          path,
          (message: istioCa.IstioCertificateRequest) =>
            Buffer.from(istioCa.IstioCertificateRequest.encode(message).finish()),
          (bytes) => istioCa.IstioCertificateResponse.decode(bytes),
          request,
          metadata,
          { deadline: Date.now() + deadlineMs },
          (error) => (error === null ? resolve() : reject(error)),
        );
      }),
    close: () => client.close(),
  };
}
