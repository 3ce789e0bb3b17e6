import { credentials, makeClientConstructor, Metadata } from '@grpc/grpc-js';
import { createCertificateRequest, createKeyPair, noSubjectNames, parseCertificate } from '@istio-ts/pki';
import { istioCa } from '@istio-ts/xds-types';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository, type LocalMesh } from '../support/local-mesh.js';

const { IstioCertificateRequest, IstioCertificateResponse } = istioCa;

const CertificateClient = makeClientConstructor(
  {
    createCertificate: {
      path: '/istio.v1.auth.IstioCertificateService/CreateCertificate',
      requestStream: false,
      responseStream: false,
      requestSerialize: (request: istioCa.IstioCertificateRequest) =>
        Buffer.from(IstioCertificateRequest.encode(request).finish()),
      requestDeserialize: (bytes: Buffer) => IstioCertificateRequest.decode(bytes),
      responseSerialize: (response: istioCa.IstioCertificateResponse) =>
        Buffer.from(IstioCertificateResponse.encode(response).finish()),
      responseDeserialize: (bytes: Buffer) => IstioCertificateResponse.decode(bytes),
    },
  },
  'IstioCertificateService',
);

/** Has the mesh's control plane sign a request that asks for an identity; the identities of what it answers. */
export async function signRequest(
  mesh: LocalMesh,
  { token, asksFor }: { readonly token: string; readonly asksFor: string },
): Promise<readonly string[]> {
  const csr = await createCertificateRequest(await createKeyPair(), { ...noSubjectNames, uris: [asksFor] });
  const request = IstioCertificateRequest.create({ csr, validityDuration: 3600 });
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${token}`);
  const { port, close } = await forwardControlPlane(mesh);
  const roots = await readFile(join(mesh.dataDir, 'istiod/root-cert.pem'));
  const client = new CertificateClient(`127.0.0.1:${port}`, credentials.createSsl(roots), {
    'grpc.ssl_target_name_override': 'istiod.istio-system.svc',
  });
  try {
    const response = await new Promise<istioCa.IstioCertificateResponse>((done, fail) => {
      client['createCertificate']?.(
        request,
        metadata,
        (error: Error | null, answer: istioCa.IstioCertificateResponse) =>
          error === null ? done(answer) : fail(error),
      );
    });
    return parseCertificate(response.certChain[0] ?? '', 'leaf').uris;
  } finally {
    client.close();
    close();
  }
}

/** A free port of localhost that reaches the control plane's TLS port. */
async function forwardControlPlane(
  mesh: LocalMesh,
): Promise<{ readonly port: number; readonly close: () => void }> {
  const program = join(repository, 'tools/localmesh/dist/localmesh.js');
  const args = ['port-forward', 'deploy/istiod', ':15012', '-n', 'istio-system', '--data-dir', mesh.dataDir];
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((done, fail) => {
    child.stdout.on('data', (words: Buffer) => {
      const found = /:(\d+) ->/.exec(String(words))?.[1];
      if (found !== undefined) done(Number(found));
    });
    child.on('close', () => fail(new Error('port-forward ended')));
  });
  return { port, close: () => child.kill('SIGINT') };
}
