import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually, tempDir } from '@istio-ts/testkit';
import { bootstrap, cluster, core, type endpoint, type listener } from '@istio-ts/xds-types';
import { toJson } from '@istio-ts/xds-types/json';
import { onTestFinished } from 'vitest';

export const repository = join(import.meta.dirname, '../../../..');

let found: Promise<string> | undefined;

/** The pinned Envoy: path of its binary. */
export function envoyBinary(): Promise<string> {
  found ??= promisify(execFile)(process.execPath, [join(repository, 'tools/envoy/src/find-envoy.mjs')]).then(
    ({ stdout }) => stdout.trim(),
  );
  return found;
}

/** What a proxy would hold, as static configuration. */
export interface StaticConfig {
  readonly clusters?: readonly cluster.Cluster[];
  readonly listeners?: readonly listener.Listener[];
  readonly loadAssignments?: readonly endpoint.ClusterLoadAssignment[];
}

/** A bootstrap as `envoy -c` reads it, made of messages that were decoded from our bytes. */
export function renderBootstrap(config: StaticConfig, more: Partial<bootstrap.Bootstrap> = {}): string {
  const message = bootstrap.Bootstrap.create({
    node: core.Node.create({ id: 'sidecar~10.0.0.7~web-1.shop~shop.svc.cluster.local', cluster: 'web.shop' }),
    staticResources: bootstrap.Bootstrap_StaticResources.create({
      listeners: config.listeners ?? [],
      clusters: [...(config.clusters ?? []), ...(config.loadAssignments ?? []).map(clusterAround)],
    }),
    ...more,
  });
  return JSON.stringify(toJson(bootstrap.Bootstrap, message));
}

/** A load assignment has no place of its own in a static configuration. */
function clusterAround(loadAssignment: endpoint.ClusterLoadAssignment, index: number): cluster.Cluster {
  return cluster.Cluster.create({ name: `assignment-${index}`, loadAssignment });
}

/**
 * Runs Envoy with this configuration until the test is over. Secrets `default` and `ROOTCA` are those of testdata/tls, in
 * the place of the agent's.
 *
 * @returns when `port` takes connections
 */
export async function runEnvoy(config: StaticConfig, port: number): Promise<void> {
  const pod = await tempDir();
  await writeFile(join(pod, 'envoy.json'), withoutSds(renderBootstrap(config)));
  const args = ['-c', 'envoy.json', '--concurrency', '1', '--disable-hot-restart', '--log-level', 'critical'];
  const envoy = spawn(await envoyBinary(), args, { cwd: pod, stdio: 'ignore' });
  const ended = once(envoy, 'exit');
  onTestFinished(async () => {
    envoy.kill('SIGKILL');
    await ended;
  });
  await eventually(async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect').finally(() => socket.destroy());
  });
}

/** A secret that names no source is looked for among the static ones. */
function withoutSds(rendered: string): string {
  const json = JSON.parse(rendered, (key, value: unknown) => (key === 'sdsConfig' ? undefined : value)) as {
    readonly staticResources: object;
  };
  const file = (name: string) => ({ filename: join(repository, 'libs/envoy-config/testdata/tls', name) });
  const secrets = [
    {
      name: 'default',
      tlsCertificate: { certificateChain: file('workload.pem'), privateKey: file('workload-key.pem') },
    },
    { name: 'ROOTCA', validationContext: { trustedCa: file('ca.pem') } },
  ];
  return JSON.stringify({ ...json, staticResources: { ...json.staticResources, secrets } });
}
