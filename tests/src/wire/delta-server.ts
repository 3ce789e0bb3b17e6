import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import { systemClock } from '@istio-ts/istiod/in-process';
import { decodeDeltaRequest, ServerSession, type DeltaRequest, type Targets } from '@istio-ts/xds-protocol';
import { discovery } from '@istio-ts/xds-types';

const asIs = (bytes: Buffer): Buffer => bytes;
const bytesBothWays = {
  requestStream: true,
  responseStream: true,
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
} as const;

type Call = ServerDuplexStream<Buffer, Buffer>;

/** What a client said on one stream, and what it was sent. */
export interface DeltaTalk {
  readonly requests: DeltaRequest[];
  /** Names of resources by type URL. */
  readonly sent: (readonly [typeUrl: string, names: readonly string[]])[];
}

/** Discovery streams for a real Envoy: a session of xds-protocol each, with the same targets, all said and sent kept. */
export class DeltaServer {
  readonly talks: DeltaTalk[] = [];
  /** First requests of state-of-the-world SDS streams. */
  readonly secretRequests: discovery.DiscoveryRequest[] = [];
  private readonly calls = new Set<Call>();
  private readonly server = new Server();

  constructor(
    private readonly targets: Targets,
    private readonly secret: discovery.DiscoveryResponse,
  ) {}

  listen(): Promise<number> {
    const ads = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';
    const sds = '/envoy.service.secret.v3.SecretDiscoveryService/StreamSecrets';
    const definition = { ads: { ...bytesBothWays, path: ads }, sds: { ...bytesBothWays, path: sds } };
    this.server.addService(definition, {
      ads: (call: Call) => this.serve(call),
      sds: (call: Call) => this.serveSecrets(call),
    });
    return new Promise((resolve, reject) => {
      this.server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
        error === null ? resolve(port) : reject(error),
      );
    });
  }

  /** Ends every stream, as a control plane that goes does. */
  cut(): void {
    for (const call of this.calls) call.end();
    this.calls.clear();
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private serve(call: Call): void {
    const talk: DeltaTalk = { requests: [], sent: [] };
    const session = new ServerSession({
      variant: 'delta',
      clock: systemClock,
      noncePrefix: `${this.talks.length}-`,
    });
    session.setTargets(this.targets);
    this.talks.push(talk);
    this.calls.add(call);
    call.on('error', () => undefined);
    call.on('data', (bytes: Buffer) => {
      const request = decodeDeltaRequest(bytes);
      talk.requests.push(request);
      session.receive(request);
      for (let next = session.next(); next !== undefined; next = session.next()) {
        session.commit(next);
        talk.sent.push([next.typeUrl, next.plan.changed.map(({ name }) => name)]);
        call.write(Buffer.concat(next.pieces));
      }
    });
  }

  private serveSecrets(call: Call): void {
    let isFirst = true;
    this.calls.add(call);
    call.on('error', () => undefined);
    call.on('data', (bytes: Buffer) => {
      if (!isFirst) return;
      isFirst = false;
      this.secretRequests.push(discovery.DiscoveryRequest.decode(bytes));
      call.write(Buffer.from(discovery.DiscoveryResponse.encode(this.secret).finish()));
    });
  }
}
