import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runDnsServer } from '../dns/dns-server.js';
import { builtInImages, parseImageTable } from '../images/image-table.js';
import { AddressPool, parseIpRange } from '../network/ip-range.js';
import { defaultNetwork } from '../network/network-plan.js';
import { Mode } from '../platform/mode.js';
import { NamespaceSandboxFactory } from '../runtime/namespace-sandbox.js';
import { TokenIssuer } from '../runtime/token-issuer.js';
import { ManifestFolder } from '../store/manifest-folder.js';
import { parseManifest } from '../store/manifest-text.js';
import { ObjectFiles } from '../store/object-files.js';
import { ClusterIps } from '../workloads/cluster-ips.js';
import { Mesh } from './mesh.js';
import { applyServiceRules, makeNodeNetwork } from './node-network.js';
import { PodBuilder } from './pod-builder.js';
import { makeSharedRoot } from './shared-root.js';
import type { SupervisorOptions } from './supervisor-options.js';

const network = defaultNetwork;

/** Runs a mesh until the signal aborts. The process is already in the namespaces of its mode. */
export async function supervise(options: SupervisorOptions, signal: AbortSignal): Promise<void> {
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  for (const folder of ['pods', 'logs'])
    await rm(join(options.data, folder), { recursive: true, force: true });
  await mkdir(join(options.data, 'istiod'), { recursive: true, mode: 0o700 });
  const paths = await makeSharedRoot(options);
  await makeNodeNetwork(network);
  const applied = new ObjectFiles(join(options.data, 'store/applied'));
  const runtime = new ObjectFiles(join(options.data, 'store/runtime'));
  await applied.load();
  await runtime.load();
  const clusterIps = new ClusterIps(parseIpRange(network.serviceRange));
  clusterIps.remember(runtime.objects.filter(({ kind }) => kind === 'Service'));
  const manyIds = options.mode !== Mode.RootlessOneId;
  const builtInFile = join(options.repository, 'tools/localmesh/manifests/istio-system.yaml');
  const builtIn = parseManifest(await readFile(builtInFile, 'utf8'), {
    file: builtInFile,
    namespace: 'default',
  });
  const builder = new PodBuilder({
    paths,
    sandboxes: new NamespaceSandboxFactory({ network, manyIds }),
    addresses: new AddressPool(parseIpRange(network.podRange), 2),
    images: [
      ...(options.imageMap === undefined
        ? []
        : parseImageTable(await readFile(options.imageMap, 'utf8'), options.imageMap)),
      ...builtInImages,
    ],
    tokens: await TokenIssuer.open(join(options.data, 'istiod/token-issuer')),
    tokenLifetimeSeconds: options.tokenLifetimeSeconds,
    proxy: {
      interception: 'REDIRECT',
      socketMark: manyIds ? undefined : 1337,
      bindAddress: undefined,
      discoveryAddress: 'istiod.istio-system.svc:15012',
    },
    nodeName: 'localmesh',
    nodeAddress: network.gateway,
    manyIds,
    rootCertificate: join(options.data, 'istiod/root-cert.pem'),
    platformEnvironment: { MESH_MANIFESTS: options.manifests, MESH_DATA: options.data },
  });
  const mesh = new Mesh({
    folder: new ManifestFolder(options.manifests),
    applied,
    runtime,
    builtIn: builtIn.ok && !options.plain ? builtIn.value : [],
    clusterIps,
    builder,
    node: { name: 'localmesh', address: network.gateway },
    applyServiceRules: (rules) => applyServiceRules(rules, network.serviceRange, options.serviceRules),
    excludedRanges: () => [],
    controlPlaneReady: options.plain ? Promise.resolve() : new Promise(() => undefined),
    onProblem: (thrown) => say(`problem: ${String(thrown)}`),
  });
  await runDnsServer({ address: network.gateway, port: 53, zone: () => mesh.zone }, signal);
  await mesh.reload();
  mesh.onRound(() =>
    say(
      JSON.stringify(
        mesh.pods.map((pod) => {
          const { name, phase, ready, address, message } = pod.state();
          return { name, phase, ready, address, message };
        }),
      ),
    ),
  );
  await mesh.run(signal);
}
