import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { tempDir } from '@istio-ts/testkit';
import { bootstrap, cluster, core, durationFromMs, httpUpstream, packAny } from '@istio-ts/xds-types';
import { envoyBinary, renderBootstrap, repository, type StaticConfig } from './envoy-process.js';

const run = promisify(execFile);

const statsModule = join(repository, 'libs/wasm-filters/dist/stats.wasm');

/** Whether the Wasm module is built, so that listeners with statistics can be validated. */
export const hasStatsModule = existsSync(statsModule);

/**
 * What the real Envoy says to it in `--mode validate`: '' where it accepts, else its complaint. The process runs in a
 * folder laid out like a pod, and reads our own bytes: the messages are those decoded from them.
 */
export async function envoyComplaint(config: StaticConfig): Promise<string> {
  const pod = await tempDir();
  await writeFile(join(pod, 'envoy.json'), withStreams(config));
  if (hasStatsModule) {
    await mkdir(join(pod, 'etc/istio/extensions'), { recursive: true });
    await copyFile(statsModule, join(pod, 'etc/istio/extensions/stats.wasm'));
  }
  const args = ['--mode', 'validate', '--log-level', 'error', '-c', 'envoy.json'];
  return run(await envoyBinary(), args, { cwd: pod }).then(
    () => '',
    (error: unknown) => complaint(error),
  );
}

function complaint(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  return stderr === undefined || stderr === '' ? message : stderr;
}

/** With the clusters that a proxy's bootstrap has for its agent, to which secrets and discovery point. */
function withStreams(config: StaticConfig): string {
  const clusters = [grpcCluster('xds-grpc'), grpcCluster('sds-grpc'), ...(config.clusters ?? [])];
  return renderBootstrap(
    { ...config, clusters },
    { dynamicResources: bootstrap.Bootstrap_DynamicResources.create({ adsConfig }) },
  );
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
