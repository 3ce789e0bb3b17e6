import { randomBytes } from 'node:crypto';
import {
  Server,
  ServerCredentials,
  status,
  type ServerDuplexStream,
  type sendUnaryData,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { noSubjectNames, type CertificateAuthority } from '@istio-ts/pki';
import { discovery, grpcService, istioCa, type EncodedResource } from '@istio-ts/xds-types';

const ads = grpcService(discovery.AggregatedDiscoveryServiceDefinition);
const ca = grpcService(istioCa.IstioCertificateServiceDefinition);

type DeltaStream = ServerDuplexStream<discovery.DeltaDiscoveryRequest, discovery.DeltaDiscoveryResponse>;

export interface FakeControlPlaneOptions {
  readonly authority: CertificateAuthority;
  readonly resources: readonly EncodedResource[];
  readonly certificateTtlMs: number;
  /** 0 takes any free port. */
  readonly port: number;
}

export const serverName = 'istiod.test';
const identity = { trustDomain: 'cluster.local', namespace: 'default', serviceAccount: 'webapp' };

/** A control plane in a test's process: it signs whatever comes with a token, and serves one fixed set of resources. */
export class FakeControlPlane {
  readonly requests: discovery.DeltaDiscoveryRequest[] = [];
  /** Names of the resources that were sent, by type. */
  readonly sent: { readonly typeUrl: string; readonly names: readonly string[] }[] = [];
  readonly authorizations: string[] = [];
  signed = 0;
  private server: Server | undefined;
  private boundPort = 0;

  constructor(private readonly options: FakeControlPlaneOptions) {}

  get port(): number {
    return this.boundPort;
  }

  async start(): Promise<void> {
    const names = { ...noSubjectNames, dnsNames: [serverName] };
    const { chainPem, privateKeyPem } = await this.options.authority.issueServing(names, 3_600_000);
    const server = new Server();
    server.addService(ads, { deltaAggregatedResources: (stream: DeltaStream) => this.serve(stream) });
    server.addService(ca, { createCertificate: this.sign.bind(this) });
    const pair = { private_key: Buffer.from(privateKeyPem), cert_chain: Buffer.from(chainPem) };
    const port = this.boundPort === 0 ? this.options.port : this.boundPort;
    this.boundPort = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createSsl(null, [pair]), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    this.server = server;
  }

  stop(): void {
    this.server?.forceShutdown();
  }

  private serve(stream: DeltaStream): void {
    stream.on('error', () => undefined);
    stream.on('data', (request: discovery.DeltaDiscoveryRequest) => {
      this.requests.push(request);
      if (request.responseNonce === '') this.answer(stream, request);
    });
  }

  private answer(stream: DeltaStream, request: discovery.DeltaDiscoveryRequest): void {
    const { typeUrl, resourceNamesSubscribe: names, initialResourceVersions: held } = request;
    const wanted = this.options.resources.filter((one) => one.typeUrl === typeUrl);
    const missing = wanted
      .filter(({ name }) => names.length === 0 || names.includes(name))
      .filter(({ name, version }) => held[name] !== version);
    if (missing.length === 0 && Object.keys(held).length > 0) return;
    this.sent.push({ typeUrl, names: missing.map(({ name }) => name) });
    const resources = missing.map(({ name, version, bytes }) =>
      discovery.Resource.create({ name, version, resource: { typeUrl, value: bytes } }),
    );
    const nonce = randomBytes(4).toString('hex');
    stream.write(discovery.DeltaDiscoveryResponse.create({ typeUrl, nonce, resources }));
  }

  private sign(
    call: ServerUnaryCall<istioCa.IstioCertificateRequest, istioCa.IstioCertificateResponse>,
    answer: sendUnaryData<istioCa.IstioCertificateResponse>,
  ): void {
    const [authorization = ''] = call.metadata.get('authorization').map(String);
    this.authorizations.push(authorization);
    const { authority, certificateTtlMs } = this.options;
    authority.sign(call.request.csr, identity, certificateTtlMs).then(
      (chain) => {
        this.signed += 1;
        answer(null, { certChain: [...chain, authority.rootPem] });
      },
      (error: unknown) => answer({ code: status.INVALID_ARGUMENT, details: String(error) }),
    );
  }
}
