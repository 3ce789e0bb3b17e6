import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, MeshErrorCode, renderIssue } from '@istio-ts/foundation';
import { runControlServer } from '../control/control-server.js';
import { socketPath } from '../control/control-path.js';
import { Operations } from '../control/operations.js';
import { Bundles } from '../deploy/bundles.js';
import { Deployer } from '../deploy/deployer.js';
import { runDnsServer } from '../dns/dns-server.js';
import { builtInImages, parseImageTable, type ImageEntry } from '../images/image-table.js';
import { AddressPool, parseIpRange } from '../network/ip-range.js';
import { LoopbackSandboxFactory } from '../runtime/loopback-sandbox.js';
import { boundLogs } from '../runtime/log-bound.js';
import type { MeshPaths } from '../runtime/mesh-paths.js';
import { NamespaceSandboxFactory } from '../runtime/namespace-sandbox.js';
import { TokenIssuer } from '../runtime/token-issuer.js';
import { recordAt } from '../store/json-record.js';
import type { KubeObject } from '../store/kube-object.js';
import { ManifestFolder } from '../store/manifest-folder.js';
import { parseManifest } from '../store/manifest-text.js';
import { ObjectFiles } from '../store/object-files.js';
import { ClusterIps } from '../workloads/cluster-ips.js';
import { claimPodAddresses } from './address-claim.js';
import { ControlPlane } from './control-plane.js';
import { prepareDataFolder } from './data-folder.js';
import { forwardGateway } from './gateway-forward.js';
import { keepGoing } from './keep-going.js';
import { Mesh } from './mesh.js';
import { applyServiceRules, makeNodeNetwork } from './node-network.js';
import { platformPlan, type PlatformPlan } from './platform-plan.js';
import { PodBuilder } from './pod-builder.js';
import { Reporter } from './reporter.js';
import { followRootCertificate } from './root-certificate.js';
import { localPaths, makeSharedRoot, writeCommands } from './shared-root.js';
import type { SupervisorOptions } from './supervisor-options.js';

const nodeName = 'localmesh';

/** Runs a mesh until the signal aborts. The process is already in the namespaces of its mode. */
export async function supervise(options: SupervisorOptions, signal: AbortSignal): Promise<void> {
  setMaxListeners(0, signal);
  const plan = platformPlan(options.mode);
  await claimPodAddresses(plan, signal);
  await prepareDataFolder(options.data, plan);
  const paths = plan.namespaces ? await makeSharedRoot(options) : localPaths(options);
  const bundles = new Bundles({ repository: paths.repository, folder: paths.bundles });
  await bundles.fill(options);
  await writeCommands(
    paths,
    options.plain ? [] : [{ name: 'pilot-agent', program: bundles.current('agent').program }],
  );
  if (plan.namespaces) await makeNodeNetwork(plan.network);
  const stores = await openStores(options);
  const rootCertificate = join(options.data, 'istiod/root-cert.pem');
  const builder = await createBuilder({ options, plan, paths, bundles, rootCertificate });
  const reporter = new Reporter((line) => void process.stdout.write(`${line}\n`), options.data);
  keepGoing((thrown) => reporter.problem(thrown), join(options.data, 'logs/localmesh.log'));
  const podPorts = { data: options.data, program: bundles.helper };
  let openGate: () => void = () => undefined;
  const controlPlaneReady = new Promise<void>((resolve) => (openGate = resolve));
  const mesh = new Mesh({
    ...stores,
    builder,
    node: { name: nodeName, address: plan.network.gateway },
    applyServiceRules: (rules) =>
      plan.namespaces
        ? applyServiceRules(rules, plan.network.serviceRange, options.serviceRules)
        : Promise.resolve(),
    excludedRanges: (services) => (plan.socketMark === undefined ? [] : istiodRanges(services)),
    injects: !options.plain,
    controlPlaneReady,
    onProblem: (thrown) => reporter.problem(thrown),
  });
  const controlPlane = new ControlPlane(mesh, { rootCertificate, podPorts });
  void (options.plain ? Promise.resolve() : controlPlane.ready(signal)).then(openGate);
  if (plan.namespaces)
    await runDnsServer({ address: plan.network.gateway, port: 53, zone: () => mesh.zone }, signal);
  await runControlServer(
    {
      socket: socketPath(options.data, 'control'),
      operations: new Operations(mesh, stores.applied),
      deployer: new Deployer(mesh, bundles, paths),
      podPorts,
      issues: () => controlPlane.issues(),
    },
    signal,
  );
  if (!options.plain) await forwardGateway(mesh, options.data, signal);
  await followManifests(mesh, stores.folder, { reporter, plain: options.plain, signal });
  void controlPlaneReady.then(async () => reporter.standingIssues(await controlPlane.issues()));
  void controlPlane.followChanges((change) => reporter.change(change), signal);
  boundLogs(join(options.data, 'logs'), signal);
  mesh.onRound(() => reporter.pods(mesh.pods.map((pod) => pod.state())));
  renewTokens(mesh, builder, { lifetimeSeconds: options.tokenLifetimeSeconds, signal });
  followRootCertificate(rootCertificate, { mesh, builder, signal });
  await mesh.run(signal);
}

interface Stores {
  readonly folder: ManifestFolder;
  readonly applied: ObjectFiles;
  readonly runtime: ObjectFiles;
  readonly clusterIps: ClusterIps;
  readonly builtIn: readonly KubeObject[];
}

async function openStores(options: SupervisorOptions): Promise<Stores> {
  const applied = new ObjectFiles(join(options.data, 'store/applied'));
  const runtime = new ObjectFiles(join(options.data, 'store/runtime'));
  await applied.load();
  await runtime.load();
  const clusterIps = new ClusterIps(parseIpRange(platformPlan(options.mode).network.serviceRange));
  clusterIps.remember(runtime.objects.filter(({ kind }) => kind === 'Service'));
  const builtIn = options.plain
    ? []
    : (await readBuiltIn(options.repository)).map((object) => withReplicas(object, options.istiods));
  return { folder: new ManifestFolder(options.manifests), applied, runtime, clusterIps, builtIn };
}

async function readBuiltIn(repository: string): Promise<readonly KubeObject[]> {
  const file = join(repository, 'tools/localmesh/manifests/istio-system.yaml');
  const parsed = parseManifest(await readFile(file, 'utf8'), { file, namespace: 'default' });
  if (parsed.ok) return parsed.value;
  throw new MeshError(MeshErrorCode.FileSystem, parsed.error.map(renderIssue).join('\n'));
}

/** The control plane's Deployment with as many pods as were asked for. */
function withReplicas(object: KubeObject, replicas: number): KubeObject {
  if (object.kind !== 'Deployment' || object.metadata.name !== 'istiod') return object;
  return { ...object, spec: { ...recordAt(object, 'spec'), replicas } };
}

async function createBuilder(input: {
  readonly options: SupervisorOptions;
  readonly plan: PlatformPlan;
  readonly paths: MeshPaths;
  readonly bundles: Bundles;
  readonly rootCertificate: string;
}): Promise<PodBuilder> {
  const { options, plan, paths, bundles, rootCertificate } = input;
  const { network, manyIds } = plan;
  return new PodBuilder({
    paths,
    bundles,
    plan,
    data: options.data,
    sandboxes: plan.namespaces
      ? new NamespaceSandboxFactory({ network, manyIds })
      : new LoopbackSandboxFactory(),
    addresses: new AddressPool(parseIpRange(network.podRange), 2),
    images: [...(await readImageMap(options.imageMap)), ...builtInImages],
    tokens: await TokenIssuer.open(join(options.data, 'istiod/token-issuer')),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds,
    nodeName,
    rootCertificate,
    captureRules: options.captureRules,
    platformEnvironment: {
      MESH_MANIFESTS: options.manifests,
      MESH_DATA: options.data,
      MESH_BIND: plan.controlPlaneAddress ?? '',
      MESH_LOCALHOST: plan.controlPlaneAddress ?? '127.0.0.1',
    },
  });
}

async function readImageMap(file: string | undefined): Promise<readonly ImageEntry[]> {
  return file === undefined ? [] : parseImageTable(await readFile(file, 'utf8'), file);
}

/** The agent cannot mark its own connections, so its way to the control plane is left out of capture. */
function istiodRanges(
  services: readonly { readonly name: string; readonly namespace: string; readonly clusterIp?: string }[],
): readonly string[] {
  const istiod = services.find(({ name, namespace }) => name === 'istiod' && namespace === 'istio-system');
  return istiod?.clusterIp === undefined ? [] : [`${istiod.clusterIp}/32`];
}

/** What is wrong with the files the control plane says, with more knowledge; without one, this program does. */
async function followManifests(
  mesh: Mesh,
  folder: ManifestFolder,
  {
    reporter,
    plain,
    signal,
  }: { readonly reporter: Reporter; readonly plain: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const read = async () => {
    await mesh.reload();
    if (plain) reporter.manifestIssues(folder.issues);
  };
  await read();
  folder.watch(() => void read().catch((thrown: unknown) => reporter.problem(thrown)), signal);
}

/** Tokens are written anew so often that none gets older than four fifths of its life, whenever its pod began. */
function renewTokens(
  mesh: Mesh,
  builder: PodBuilder,
  { lifetimeSeconds, signal }: { readonly lifetimeSeconds: number; readonly signal: AbortSignal },
): void {
  const timer = setInterval(
    () => {
      for (const pod of mesh.pods)
        if (pod.options.proxy !== undefined && !pod.ending) void builder.renewToken(pod);
    },
    lifetimeSeconds * 1000 * 0.4,
  );
  signal.addEventListener('abort', () => clearInterval(timer));
}
