import { credentials, Metadata, status, type Client } from '@grpc/grpc-js';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { renderSpiffeId } from '@istio-ts/foundation';
import {
  createCertificateRequest,
  createKeyPair,
  createRootMaterial,
  createSelfSignedAuthority,
  createTokenIssuer,
  noSubjectNames,
  parseCertificate,
  renderPrivateKeyPem,
  type KeyPair,
  type TokenIssuer,
} from '@istio-ts/pki';
import { tempDir } from '@istio-ts/testkit';
import { TypeUrl } from '@istio-ts/xds-protocol';
import { istioCa } from '@istio-ts/xds-types';
import { certificateServiceDefinition } from './ca/certificate-service.js';
import { systemClock } from './system-clock.js';
import {
  connect,
  DeltaTestStream,
  nodeBytes,
  serviceManifest,
  startIstiod,
  type TestIstiod,
} from './testing/test-istiod.js';

const issuer = 'https://issuer.test';
const web = { trustDomain: 'cluster.local', namespace: 'default', serviceAccount: 'web' };
const webNode = nodeBytes('web', 'default', { SERVICE_ACCOUNT: 'web' });
let tokens: TokenIssuer;
let strangers: TokenIssuer;
let workloadKey: KeyPair;

beforeAll(async () => {
  tokens = await createTokenIssuer(await renderPrivateKeyPem(await createKeyPair()), systemClock);
  strangers = await createTokenIssuer(await renderPrivateKeyPem(await createKeyPair()), systemClock);
  workloadKey = await createKeyPair();
});

async function start(): Promise<TestIstiod> {
  const jwks = join(await tempDir(), 'jwks.json');
  await writeFile(jwks, JSON.stringify(tokens.keys));
  return startIstiod(
    { tokenJwks: jwks, tokenIssuer: issuer },
    { 'catalog.yaml': serviceManifest('catalog') },
  );
}

function token(from = tokens, ttlMs = 60_000): Promise<string> {
  return from.create({ issuer, audiences: ['istio-ca'], ttlMs, namespace: 'default', serviceAccount: 'web' });
}

function bearer(value: string): Metadata {
  const metadata = new Metadata();
  metadata.set('authorization', `Bearer ${value}`);
  return metadata;
}

async function dial(
  istiod: TestIstiod,
  own?: { readonly key: string; readonly chain: string },
): Promise<Client> {
  const roots = await readFile(join(istiod.dataDir, 'root-cert.pem'));
  const [key, chain] = own === undefined ? [null, null] : [Buffer.from(own.key), Buffer.from(own.chain)];
  return connect(istiod.secureGrpcPort, credentials.createSsl(roots, key, chain));
}

function sign(client: Client, csr: string, metadata: Metadata): Promise<istioCa.IstioCertificateResponse> {
  const method = certificateServiceDefinition.createCertificate;
  const request = istioCa.IstioCertificateRequest.create({ csr, validityDuration: 3600 });
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      method.path,
      method.requestSerialize,
      method.responseDeserialize,
      request,
      metadata,
      (error, response) =>
        error === null && response !== undefined
          ? resolve(response)
          : reject(error ?? new Error('no response')),
    );
  });
}

function requestFor(...uris: readonly string[]): Promise<string> {
  return createCertificateRequest(workloadKey, { ...noSubjectNames, uris });
}

test('a token gets a certificate for the identity that it proves, which then is a credential itself', async () => {
  const istiod = await start();
  const { certChain } = await sign(
    await dial(istiod),
    await requestFor(renderSpiffeId(web)),
    bearer(await token()),
  );
  const leaf = parseCertificate(certChain[0] ?? '', 'leaf');
  expect(leaf.uris).toEqual([renderSpiffeId(web)]);
  expect(leaf.notAfterMs - Date.now()).toBeLessThanOrEqual(3_600_000);
  expect(certChain.at(-1)).toBe(await readFile(join(istiod.dataDir, 'root-cert.pem'), 'utf8'));

  const own = { key: await renderPrivateKeyPem(workloadKey), chain: certChain.slice(0, -1).join('') };
  const client = await dial(istiod, own);
  const stream = new DeltaTestStream(client);
  stream.send({ typeUrl: TypeUrl.Cluster, node: webNode });
  expect((await stream.next()).resources.length).toBeGreaterThan(0);
  const renewed = await sign(client, await requestFor(), new Metadata());
  expect(parseCertificate(renewed.certChain[0] ?? '', 'leaf').uris).toEqual([renderSpiffeId(web)]);
  expect(await istiod.page('/metrics')).toContain('citadel_server_success_cert_issuance_count 2');
});

test('a request for someone else is refused, with words', async () => {
  const istiod = await start();
  const victim = renderSpiffeId({ ...web, serviceAccount: 'payments' });
  const refused = sign(await dial(istiod), await requestFor(victim), bearer(await token()));
  await expect(refused).rejects.toMatchObject({
    code: status.PERMISSION_DENIED,
    details: `the certificate request is for ${victim}, the caller proved to be ${renderSpiffeId(web)}: a workload gets a certificate for itself only`,
  });
});

test.each([
  ['no credential', () => Promise.resolve(new Metadata()), 'no credential'],
  ['an expired token', async () => bearer(await token(tokens, -60_000)), 'the token has expired'],
  ['a forged token', async () => bearer(`${(await token()).slice(0, -6)}AAAAAA`), 'forged'],
  ["a stranger's token", async () => bearer(await token(strangers)), 'key that is not known'],
  ['no token at all', () => Promise.resolve(bearer('nonsense')), 'not a signed JWT'],
])('%s is refused for certificates and for streams', async (_name, metadata, words) => {
  const istiod = await start();
  const client = await dial(istiod);
  const refusal = { code: status.UNAUTHENTICATED, details: expect.stringContaining(words) as string };
  await expect(sign(client, await requestFor(), await metadata())).rejects.toMatchObject(refusal);
  const stream = new DeltaTestStream(client, await metadata());
  stream.send({ typeUrl: TypeUrl.Cluster, node: webNode });
  await expect(stream.next()).rejects.toMatchObject(refusal);
});

test('a stream may claim only the namespace and service account of its credential', async () => {
  const istiod = await start();
  const client = await dial(istiod);
  for (const node of [
    nodeBytes('web', 'payments'),
    nodeBytes('web', 'default', { SERVICE_ACCOUNT: 'payments' }),
  ]) {
    const stream = new DeltaTestStream(client, bearer(await token()));
    stream.send({ typeUrl: TypeUrl.Cluster, node });
    await expect(stream.next()).rejects.toMatchObject({ code: status.PERMISSION_DENIED });
  }
});

test('a client certificate of another mesh is no credential', async () => {
  const istiod = await start();
  const material = await createRootMaterial('elsewhere', systemClock);
  const foreign = await createSelfSignedAuthority(material, { clock: systemClock });
  const chain = (await foreign.sign(await requestFor(), web, 60_000)).join('');
  const stream = new DeltaTestStream(
    await dial(istiod, { key: await renderPrivateKeyPem(workloadKey), chain }),
  );
  stream.send({ typeUrl: TypeUrl.Cluster, node: webNode });
  await expect(stream.next()).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
});

test('the plain port signs nothing', async () => {
  const istiod = await start();
  const refused = sign(connect(istiod.grpcPort), await requestFor(), bearer(await token()));
  await expect(refused).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
});

test('a first request without node, or with a node of another form, ends the stream with words', async () => {
  const istiod = await start();
  const nameless = new DeltaTestStream(connect(istiod.grpcPort));
  nameless.send({ typeUrl: TypeUrl.Cluster });
  await expect(nameless.next()).rejects.toMatchObject({
    details: expect.stringContaining('must carry the node') as string,
  });
});
