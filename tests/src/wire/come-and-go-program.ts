import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';
import { Client, credentials } from '@grpc/grpc-js';
import { silentLogger } from '@istio-ts/foundation';
import { defaultOptions, runIstiod, systemClock } from '@istio-ts/istiod/in-process';
import { decodeDeltaResponse, encodeDeltaRequest, TypeUrl } from '@istio-ts/xds-protocol';
import { core } from '@istio-ts/xds-types';
import type { Standing } from './standing.js';

/**
 * Pods come and go in front of an istiod in this process: each is an object, an endpoint and a proxy that connects. Tells
 * how much was there before and after, as a JSON line. Run with `--expose-gc`; `countedMemoLevels` is put in by the bundle.
 */
const rounds = 20;
const podsPerRound = 100;
const method = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';
const asIs = (bytes: Buffer): Buffer => bytes;
const anyPort = { host: '127.0.0.1', port: 0 };

interface SimulatedPod {
  readonly name: string;
  readonly address: string;
}

const service = `apiVersion: v1
kind: Service
metadata: { name: shop, namespace: default }
spec: { clusterIP: 10.96.0.1, selector: { app: shop }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
`;

function podsOf(round: number): readonly SimulatedPod[] {
  return Array.from({ length: podsPerRound }, (_, index) => ({
    name: `shop-${round}-${index}`,
    address: `10.${round}.0.${index + 1}`,
  }));
}

function manifests(pods: readonly SimulatedPod[]): string {
  const objects = pods.map(
    ({ name, address }) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: default, labels: { app: shop, pod: ${name} } }
spec: { serviceAccountName: default, containers: [{ name: app, image: shop }] }
status: { phase: Running, podIP: ${address}, podIPs: [{ ip: ${address} }] }
`,
  );
  const endpoints = pods.map(
    ({ name, address }) =>
      `  - { addresses: ['${address}'], conditions: { ready: true }, targetRef: { kind: Pod, name: ${name}, namespace: default } }`,
  );
  const slice = `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: shop-1, namespace: default, labels: { kubernetes.io/service-name: shop } }
addressType: IPv4
ports: [{ name: http, port: 8080, protocol: TCP }]
endpoints:
${endpoints.join('\n')}
`;
  return [service, ...objects, ...(pods.length > 0 ? [slice] : [])].join('---\n');
}

/** A proxy that takes its clusters and listeners, acknowledges them and goes. */
function visit(client: Client, { name, address }: SimulatedPod): Promise<void> {
  const stream = client.makeBidiStreamRequest(method, asIs, asIs);
  const id = `sidecar~${address}~${name}.default~default.svc.cluster.local`;
  const node = core.Node.encode(
    core.Node.create({ id, metadata: { NAMESPACE: 'default', LABELS: { app: 'shop', pod: name } } }),
  ).finish();
  return new Promise((resolve, reject) => {
    let taken = 0;
    stream.on('data', (bytes: Buffer) => {
      // A change may still come behind what it came for.
      if (taken === 2) return;
      const { typeUrl, nonce } = decodeDeltaResponse(bytes);
      stream.write(encodeDeltaRequest({ typeUrl, nonce }));
      taken += 1;
      if (taken === 2) stream.end();
    });
    stream.on('end', resolve);
    stream.on('error', reject);
    stream.write(encodeDeltaRequest({ typeUrl: TypeUrl.Cluster, node }));
    stream.write(encodeDeltaRequest({ typeUrl: TypeUrl.Listener }));
  });
}

async function standing(): Promise<Standing> {
  // Finalizers run between turns, and what they let go of is found by the next collection.
  for (let turn = 0; turn < 6; turn += 1) {
    globalThis.gc?.();
    await sleep(50);
  }
  const descriptors = (await readdir('/proc/self/fd')).length;
  return { heapBytes: dataBytes(), memoLevels: countedMemoLevels(), descriptors };
}

/** The heap without compiled code, of which there is more the longer a program runs, up to a point. */
function dataBytes(): number {
  const spaces = getHeapSpaceStatistics().filter(({ space_name }) => !space_name.startsWith('code'));
  return spaces.reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}

async function run(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'come-and-go-'));
  const [configDir, dataDir] = [join(dir, 'config'), join(dir, 'data')];
  await mkdir(configDir);
  const file = join(configDir, 'shop.yaml');
  await writeFile(file, manifests([]));
  const stop = new AbortController();
  const addresses = {
    grpcAddress: anyPort,
    secureGrpcAddress: anyPort,
    httpAddress: anyPort,
    monitoringAddress: anyPort,
  };
  const options = {
    ...defaultOptions,
    ...addresses,
    configDirs: [configDir],
    dataDir,
    caCertificates: join(dir, 'no'),
  };
  const istiod = await runIstiod(options, { clock: systemClock, logger: silentLogger }, stop.signal);
  const monitoring = `http://127.0.0.1:${istiod.monitoringPort}`;
  const client = new Client(`127.0.0.1:${istiod.grpcPort}`, credentials.createInsecure());
  const holds = async (count: number): Promise<void> => {
    for (;;) {
      const registry = await (await fetch(`${monitoring}/debug/endpointz?brief`)).text();
      if (registry.split('10.').length - 1 >= count === count > 0) return;
      await sleep(20);
    }
  };
  const comeAndGo = async (round: number): Promise<void> => {
    const pods = podsOf(round);
    await writeFile(file, manifests(pods));
    await holds(podsPerRound);
    for (let at = 0; at < pods.length; at += 20)
      await Promise.all(pods.slice(at, at + 20).map((pod) => visit(client, pod)));
    await writeFile(file, manifests([]));
    await sleep(250);
  };
  // What is made once, and what the compiler learns, is there by then.
  for (const round of [201, 202, 203, 204, 205, 206]) await comeAndGo(round);
  const before = await standing();
  for (let round = 1; round <= rounds; round += 1) await comeAndGo(round);
  const after = await standing();
  process.stdout.write(`${JSON.stringify({ pods: rounds * podsPerRound, before, after })}\n`);
  await rm(dir, { recursive: true });
  process.exit(0);
}

declare global {
  /** Levels of memoised functions' tables that are alive. */
  function countedMemoLevels(): number;
}

await run();
