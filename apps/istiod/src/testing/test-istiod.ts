import {
  Client,
  credentials,
  logVerbosity,
  Metadata,
  setLogVerbosity,
  type ChannelCredentials,
  type ClientDuplexStream,
} from '@grpc/grpc-js';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { silentLogger } from '@istio-ts/foundation';
import { eventually, tempDir } from '@istio-ts/testkit';
import {
  decodeDeltaResponse,
  decodeSotwResponse,
  encodeDeltaRequest,
  encodeSotwRequest,
  type DeltaRequestFields,
  type DeltaResponse,
  type SotwRequestFields,
  type SotwResponse,
} from '@istio-ts/xds-protocol';
import { core, type JsonObject } from '@istio-ts/xds-types';
import { runIstiod, type RunningIstiod } from '../istiod.js';
import { defaultOptions, type Options } from '../options.js';
import { systemClock } from '../system-clock.js';

export { readFeed } from './read-feed.js';

// As `main.ts` does: what grpc-js has to say reaches the user through our errors.
setLogVerbosity(logVerbosity.NONE);

const anyPort = { host: '127.0.0.1', port: 0 };

/** An istiod of a test: on ports of its own, with a folder of manifests, gone when the test ends. */
export interface TestIstiod extends RunningIstiod {
  readonly configDir: string;
  readonly dataDir: string;
  write(file: string, text: string): Promise<void>;
  /** The body of a page of the monitoring server. */
  page(path: string): Promise<string>;
}

export async function startIstiod(
  options: Partial<Options> = {},
  files: Readonly<Record<string, string>> = {},
): Promise<TestIstiod> {
  const dir = await tempDir();
  const [configDir, dataDir] = [join(dir, 'config'), join(dir, 'data')];
  await mkdir(configDir);
  for (const [file, text] of Object.entries(files)) await writeFile(join(configDir, file), text);
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const running = await runIstiod(
    {
      ...defaultOptions,
      grpcAddress: anyPort,
      secureGrpcAddress: anyPort,
      httpAddress: anyPort,
      monitoringAddress: anyPort,
      configDirs: [configDir],
      dataDir,
      caCertificates: join(dir, 'cacerts'),
      ...options,
    },
    { clock: systemClock, logger: silentLogger },
    stop.signal,
  );
  return {
    ...running,
    configDir,
    dataDir,
    write: (file, text) => writeFile(join(configDir, file), text),
    page: async (path) => (await fetch(`http://127.0.0.1:${running.monitoringPort}${path}`)).text(),
  };
}

const bytes = (value: Buffer): Buffer => value;
const service = '/envoy.service.discovery.v3.AggregatedDiscoveryService';

/** A client that nobody but grpc-js and this file wrote: requests out, responses in, nothing by itself. */
class TestStream<Response> {
  readonly received: Response[] = [];
  error: Error | undefined;
  private readonly call: ClientDuplexStream<Buffer, Buffer>;

  constructor(
    client: Client,
    method: string,
    metadata: Metadata,
    private readonly decode: (message: Buffer) => Response,
  ) {
    this.call = client.makeBidiStreamRequest(`${service}/${method}`, bytes, bytes, metadata);
    this.call.on('data', (message: Buffer) => this.received.push(this.decode(message)));
    this.call.on('error', (error: Error) => (this.error = error));
    onTestFinished(() => this.call.cancel());
  }

  write(message: Buffer): void {
    this.call.write(message);
  }

  close(): void {
    this.call.cancel();
  }

  /** The next response that was not taken yet; throws the stream's error where it ended. */
  async next(): Promise<Response> {
    await eventually(
      () => {
        if (this.received.length === 0 && this.error === undefined) throw new Error('no response came');
      },
      5000,
      5,
    );
    const response = this.received.shift();
    if (response === undefined) throw this.error ?? new Error('no response came');
    return response;
  }
}

export class DeltaTestStream extends TestStream<DeltaResponse> {
  constructor(client: Client, metadata = new Metadata()) {
    super(client, 'DeltaAggregatedResources', metadata, decodeDeltaResponse);
  }

  send(request: DeltaRequestFields): void {
    this.write(encodeDeltaRequest(request));
  }

  ack({ typeUrl, nonce }: DeltaResponse): void {
    this.send({ typeUrl, nonce });
  }
}

export class SotwTestStream extends TestStream<SotwResponse> {
  constructor(client: Client, metadata = new Metadata()) {
    super(client, 'StreamAggregatedResources', metadata, decodeSotwResponse);
  }

  send(request: SotwRequestFields): void {
    this.write(encodeSotwRequest(request));
  }
}

export function connect(port: number, channel: ChannelCredentials = credentials.createInsecure()): Client {
  const client = new Client(`127.0.0.1:${port}`, channel, {
    'grpc.use_local_subchannel_pool': 1,
    'grpc.ssl_target_name_override': 'localhost',
  });
  onTestFinished(() => client.close());
  return client;
}

export function nodeBytes(name = 'web', namespace = 'default', metadata: JsonObject = {}): Uint8Array {
  const id = `sidecar~10.0.0.7~${name}.${namespace}~${namespace}.svc.cluster.local`;
  return core.Node.encode(core.Node.create({ id, metadata: { NAMESPACE: namespace, ...metadata } })).finish();
}

/** A Service with one endpoint. */
export function serviceManifest(name: string, address = '10.0.1.1', port = 80): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: default }
spec:
  clusterIP: 10.96.0.${port % 250}
  ports: [{ name: http, port: ${port} }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${name}-1
  namespace: default
  labels: { kubernetes.io/service-name: ${name} }
addressType: IPv4
ports: [{ name: http, port: 8080, protocol: TCP }]
endpoints: [{ addresses: ['${address}'], conditions: { ready: true } }]
`;
}
