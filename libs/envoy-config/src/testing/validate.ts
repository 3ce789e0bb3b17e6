import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { endpoint, listener } from '@istio-ts/xds-types';
import { bootstrap, cluster, core, durationFromMs, httpUpstream, packAny } from '@istio-ts/xds-types';
import { toJson } from '@istio-ts/xds-types/json';

const run = promisify(execFile);

const repository = join(import.meta.dirname, '../../../..');

const statsModule = join(repository, 'libs/wasm-filters/dist/stats.wasm');

/** Whether the Wasm module is built, so that listeners with statistics can be validated. */
export const hasStatsModule = existsSync(statsModule);

/** What a proxy would hold, as static configuration. */
export interface StaticConfig {
  readonly clusters?: readonly cluster.Cluster[];
  readonly listeners?: readonly listener.Listener[];
  readonly loadAssignments?: readonly endpoint.ClusterLoadAssignment[];
}

/**
 * What the real Envoy says to it in `--mode validate`: '' where it accepts, else its complaint. The process runs in a
 * folder laid out like a pod, and reads our own bytes: the messages are those decoded from them.
 */
export async function envoyComplaint(config: StaticConfig): Promise<string> {
  const pod = await mkdtemp(join(tmpdir(), 'envoy-config-'));
  try {
    await writeFile(
      join(pod, 'envoy.json'),
      JSON.stringify(toJson(bootstrap.Bootstrap, staticBootstrap(config))),
    );
    if (hasStatsModule) {
      await mkdir(join(pod, 'etc/istio/extensions'), { recursive: true });
      await copyFile(statsModule, join(pod, 'etc/istio/extensions/stats.wasm'));
    }
    const args = ['--mode', 'validate', '--log-level', 'error', '-c', 'envoy.json'];
    return await run(await envoy(), args, { cwd: pod }).then(
      () => '',
      (error: unknown) => complaint(error),
    );
  } finally {
    await rm(pod, { recursive: true });
  }
}

function complaint(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  return stderr === undefined || stderr === '' ? message : stderr;
}

let found: Promise<string> | undefined;

function envoy(): Promise<string> {
  found ??= run(process.execPath, [join(repository, 'tools/envoy/src/find-envoy.mjs')]).then(({ stdout }) =>
    stdout.trim(),
  );
  return found;
}

function staticBootstrap(config: StaticConfig): bootstrap.Bootstrap {
  return bootstrap.Bootstrap.create({
    node: core.Node.create({ id: 'sidecar~10.0.0.7~web-1.shop~shop.svc.cluster.local', cluster: 'web.shop' }),
    staticResources: bootstrap.Bootstrap_StaticResources.create({
      listeners: config.listeners ?? [],
      clusters: [
        grpcCluster('xds-grpc'),
        grpcCluster('sds-grpc'),
        ...(config.clusters ?? []),
        ...(config.loadAssignments ?? []).map(clusterAround),
      ],
    }),
    dynamicResources: bootstrap.Bootstrap_DynamicResources.create({ adsConfig }),
  });
}

const adsConfig = core.ApiConfigSource.create({
  apiType: core.ApiConfigSource_ApiType.DELTA_GRPC,
  transportApiVersion: core.ApiVersion.V3,
  grpcServices: [
    core.GrpcService.create({
      targetSpecifier: {
        $case: 'envoyGrpc',
        value: core.GrpcService_EnvoyGrpc.create({ clusterName: 'xds-grpc' }),
      },
    }),
  ],
});

/** Where a real bootstrap has the agent's socket. */
function grpcCluster(name: string): cluster.Cluster {
  const options = httpUpstream.HttpProtocolOptions.create({
    upstreamProtocolOptions: {
      $case: 'explicitHttpConfig',
      value: httpUpstream.HttpProtocolOptions_ExplicitHttpConfig.create({
        protocolConfig: { $case: 'http2ProtocolOptions', value: core.Http2ProtocolOptions.create() },
      }),
    },
  });
  return cluster.Cluster.create({
    name,
    connectTimeout: durationFromMs(1000),
    typedExtensionProtocolOptions: {
      [httpUpstream.HttpProtocolOptions.$type]: packAny(httpUpstream.HttpProtocolOptions, options),
    },
  });
}

/** A load assignment has no place of its own in a static configuration. */
function clusterAround(loadAssignment: endpoint.ClusterLoadAssignment, index: number): cluster.Cluster {
  return cluster.Cluster.create({ name: `assignment-${index}`, loadAssignment });
}
