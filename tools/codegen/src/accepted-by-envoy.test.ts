import { eventually, tempDir } from '@istio-ts/testkit';
import {
  admin,
  bootstrap,
  cluster,
  core,
  hcm,
  httpUpstream,
  listener,
  packAny,
  route,
  router,
  typeUrlOf,
  type JsonObject,
} from '@istio-ts/xds-types';
import { fromJson, toJson } from '@istio-ts/xds-types/json';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { findPinnedEnvoy } from './pinned-envoy.mjs';

function address(port: number): core.Address {
  return core.Address.fromPartial({
    address: {
      $case: 'socketAddress',
      value: { address: '127.0.0.1', portSpecifier: { $case: 'portValue', value: port } },
    },
  });
}

const upstream = cluster.Cluster.fromPartial({
  name: 'outbound|80||web.shop.svc.cluster.local',
  clusterDiscoveryType: { $case: 'type', value: cluster.Cluster_DiscoveryType.ORIGINAL_DST },
  lbPolicy: cluster.Cluster_LbPolicy.CLUSTER_PROVIDED,
  connectTimeout: { seconds: 10 },
  typedExtensionProtocolOptions: {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': packAny(
      httpUpstream.HttpProtocolOptions,
      httpUpstream.HttpProtocolOptions.fromPartial({
        upstreamProtocolOptions: {
          $case: 'useDownstreamProtocolConfig',
          value: { http2ProtocolOptions: {} },
        },
      }),
    ),
  },
  metadata: {
    filterMetadata: { istio: { services: [{ host: 'web.shop.svc.cluster.local', name: 'web' }] } },
  },
});

const routes = route.RouteConfiguration.fromPartial({
  name: '80',
  virtualHosts: [
    {
      name: 'web',
      domains: ['*'],
      routes: [
        {
          match: { pathSpecifier: { $case: 'prefix', value: '/' } },
          action: {
            $case: 'route',
            value: {
              clusterSpecifier: { $case: 'cluster', value: upstream.name },
              timeout: { nanos: 250_000_000 },
            },
          },
        },
      ],
    },
  ],
});

const connectionManager = hcm.HttpConnectionManager.fromPartial({
  statPrefix: 'outbound',
  routeSpecifier: { $case: 'routeConfig', value: routes },
  httpFilters: [
    {
      name: 'envoy.filters.http.router',
      configType: { $case: 'typedConfig', value: packAny(router.Router, router.Router.create()) },
    },
  ],
});

const outbound = listener.Listener.fromPartial({
  name: 'outbound',
  address: address(0),
  trafficDirection: core.TrafficDirection.OUTBOUND,
  filterChains: [
    {
      filters: [
        {
          name: 'envoy.filters.network.http_connection_manager',
          configType: { $case: 'typedConfig', value: packAny(hcm.HttpConnectionManager, connectionManager) },
        },
      ],
    },
  ],
});

const configuration = bootstrap.Bootstrap.fromPartial({
  node: {
    id: 'sidecar~127.0.0.1~web.shop~shop.svc.cluster.local',
    cluster: 'web.shop',
    metadata: { GENERATOR: 'test' },
  },
  admin: { address: address(0) },
  staticResources: { clusters: [upstream], listeners: [outbound] },
});

test.each(['camelCase', 'snake_case'] as const)(
  'a bootstrap in %s JSON is accepted by the real Envoy',
  async (fieldNames) => {
    const file = join(await tempDir(), 'envoy.json');
    await writeFile(file, JSON.stringify(toJson(bootstrap.Bootstrap, configuration, { fieldNames })));
    const envoy = await findPinnedEnvoy();
    const { stdout } = await promisify(execFile)(envoy, ['--mode', 'validate', '-l', 'critical', '-c', file]);
    expect(stdout).toContain('OK');
  },
);

test('the same bootstrap is read back from its JSON to the byte', () => {
  const read = fromJson(bootstrap.Bootstrap, toJson(bootstrap.Bootstrap, configuration));
  const bytes = (message: bootstrap.Bootstrap): string =>
    Buffer.from(bootstrap.Bootstrap.encode(message).finish()).toString('hex');
  expect(bytes(read)).toBe(bytes(configuration));
});

/** Runs the real Envoy until the current test ends; resolves to the address of its admin interface. */
async function runEnvoy(): Promise<string> {
  const dir = await tempDir();
  const file = join(dir, 'envoy.json');
  const addressFile = join(dir, 'admin-address');
  await writeFile(file, JSON.stringify(toJson(bootstrap.Bootstrap, configuration)));
  const args = [
    '-c',
    file,
    '--admin-address-path',
    addressFile,
    '--disable-hot-restart',
    '--concurrency',
    '1',
    '-l',
    'critical',
  ];
  const child = spawn(await findPinnedEnvoy(), args, { stdio: 'ignore' });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  return eventually(async () => {
    const address = await readFile(addressFile, 'utf8');
    expect(address).toMatch(/:\d+$/);
    return address;
  });
}

test('a config dump of the real Envoy is read, every Any of it, and printed again without loss', async () => {
  const dump = (await (await fetch(`http://${await runEnvoy()}/config_dump`)).json()) as JsonObject;
  const read = fromJson(admin.ConfigDump, dump);
  expect(read.configs.map(({ typeUrl }) => typeUrl)).toContain(typeUrlOf(admin.ListenersConfigDump));
  expect(toJson(admin.ConfigDump, read, { fieldNames: 'snake_case' })).toEqual(dump);
});
