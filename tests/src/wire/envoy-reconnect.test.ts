import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SortedMap } from '@istio-ts/foundation';
import { systemClock } from '@istio-ts/istiod/in-process';
import { createRootMaterial, createSelfSignedAuthority, type ServingCertificate } from '@istio-ts/pki';
import { eventually, tempDir } from '@istio-ts/testkit';
import { TypeUrl } from '@istio-ts/xds-protocol';
import {
  core,
  discovery,
  encodedResource,
  hcm,
  listener,
  packAny,
  route,
  router,
  tls,
  type EncodedResource,
  type google,
  type ResourceSet,
} from '@istio-ts/xds-types';
import { expect, onTestFinished, test } from 'vitest';
import { DeltaServer } from './delta-server.js';

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
const envoy = [process.env['ENVOY_BIN'], join(cache, 'istio-ts/envoy/1.40.0/envoy')].find(
  (path) => path !== undefined && existsSync(path),
);
const { Listener, Secret, Extension } = TypeUrl;

const overAds = core.ConfigSource.create({
  configSourceSpecifier: { $case: 'ads', value: core.AggregatedConfigSource.create() },
  resourceApiVersion: core.ApiVersion.V3,
});

/** As the agent beside a proxy serves them: state of the world, a stream of its own. */
const overSds = core.ConfigSource.create({
  configSourceSpecifier: {
    $case: 'apiConfigSource',
    value: core.ApiConfigSource.create({
      apiType: core.ApiConfigSource_ApiType.GRPC,
      transportApiVersion: core.ApiVersion.V3,
      grpcServices: [
        core.GrpcService.create({
          targetSpecifier: {
            $case: 'envoyGrpc',
            value: core.GrpcService_EnvoyGrpc.create({ clusterName: 'control-plane' }),
          },
        }),
      ],
    }),
  },
  resourceApiVersion: core.ApiVersion.V3,
});

function secretOf(name: string, { chainPem, privateKeyPem }: ServingCertificate): Uint8Array {
  const inline = (text: string): core.DataSource =>
    core.DataSource.create({ specifier: { $case: 'inlineBytes', value: Buffer.from(text) } });
  const value = { certificateChain: inline(chainPem), privateKey: inline(privateKeyPem) };
  return tls.Secret.encode(
    tls.Secret.create({ name, type: { $case: 'tlsCertificate', value: tls.TlsCertificate.create(value) } }),
  ).finish();
}

/** A listener whose certificates are secrets, and whose only filter before the router is found by ECDS. */
function listenerWith(name: string, sdsConfig: core.ConfigSource): EncodedResource {
  const routerAny = packAny(router.Router, router.Router.create());
  const manager = hcm.HttpConnectionManager.create({
    statPrefix: name,
    routeSpecifier: { $case: 'routeConfig', value: route.RouteConfiguration.create({ name: 'none' }) },
    httpFilters: [
      hcm.HttpFilter.create({
        name: 'found-later',
        configType: {
          $case: 'configDiscovery',
          value: core.ExtensionConfigSource.create({ configSource: overAds, typeUrls: [routerAny.typeUrl] }),
        },
      }),
    ],
  });
  const context = tls.DownstreamTlsContext.create({
    commonTlsContext: tls.CommonTlsContext.create({
      tlsCertificateSdsSecretConfigs: [
        tls.SdsSecretConfig.create({ name: `${name}-certificate`, sdsConfig }),
      ],
    }),
  });
  const message = listener.Listener.create({
    name,
    address: core.Address.create({
      address: {
        $case: 'socketAddress',
        value: core.SocketAddress.create({
          address: '127.0.0.1',
          portSpecifier: { $case: 'portValue', value: 0 },
        }),
      },
    }),
    filterChains: [
      listener.FilterChain.create({
        filters: [typed('manager', packAny(hcm.HttpConnectionManager, manager))],
        transportSocket: core.TransportSocket.create({
          name: 'tls',
          configType: { $case: 'typedConfig', value: packAny(tls.DownstreamTlsContext, context) },
        }),
      }),
    ],
  });
  return encodedResource(Listener, name, listener.Listener.encode(message).finish());
}

function typed(name: string, value: google.Any): listener.Filter {
  return listener.Filter.create({ name, configType: { $case: 'typedConfig', value } });
}

function setOf(...resources: readonly EncodedResource[]): ResourceSet {
  return SortedMap.from(resources.map((each) => [each.name, each] as const));
}

function foundLater(): EncodedResource {
  const typedConfig = packAny(router.Router, router.Router.create());
  const message = core.TypedExtensionConfig.create({ name: 'found-later', typedConfig });
  return encodedResource(Extension, 'found-later', core.TypedExtensionConfig.encode(message).finish());
}

async function startEnvoy(port: number): Promise<void> {
  const address = { socketAddress: { address: '127.0.0.1', portValue: port } };
  const grpc = { envoyGrpc: { clusterName: 'control-plane' } };
  const bootstrap = {
    node: { id: 'returning', cluster: 'returning' },
    dynamicResources: {
      adsConfig: { apiType: 'DELTA_GRPC', transportApiVersion: 'V3', grpcServices: [grpc] },
      ldsConfig: { ads: {}, resourceApiVersion: 'V3' },
    },
    staticResources: {
      clusters: [
        {
          name: 'control-plane',
          connectTimeout: '1s',
          typedExtensionProtocolOptions: {
            'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
              '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
              explicitHttpConfig: { http2ProtocolOptions: {} },
            },
          },
          loadAssignment: {
            clusterName: 'control-plane',
            endpoints: [{ lbEndpoints: [{ endpoint: { address } }] }],
          },
        },
      ],
    },
  };
  const file = join(await tempDir(), 'envoy.json');
  await writeFile(file, JSON.stringify(bootstrap));
  const args = ['-c', file, '--disable-hot-restart', '--concurrency', '1', '-l', 'off'];
  const child = spawn(envoy ?? '', args, { stdio: 'ignore' });
  const ended = new Promise((done) => child.once('exit', done));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
}

test.runIf(envoy !== undefined)(
  'an Envoy that returns states secrets and filters that it found, and is sent none of them; its own SDS stream states a version',
  async () => {
    const root = await createRootMaterial('cluster.local', systemClock);
    const authority = await createSelfSignedAuthority(root, { clock: systemClock });
    const pem = await authority.issueServing(
      { uris: [], dnsNames: ['localhost'], ipAddresses: [] },
      3_600_000,
    );
    const targets = new Map([
      [Listener, setOf(listenerWith('ads', overAds), listenerWith('sds', overSds))],
      [Secret, setOf(encodedResource(Secret, 'ads-certificate', secretOf('ads-certificate', pem)))],
      [Extension, setOf(foundLater())],
    ]);
    const secret = discovery.DiscoveryResponse.create({
      typeUrl: Secret,
      versionInfo: 'first',
      nonce: '1',
      resources: [{ typeUrl: Secret, value: secretOf('sds-certificate', pem) }],
    });
    const server = new DeltaServer(targets, secret);
    onTestFinished(() => server.stop());
    await startEnvoy(await server.listen());
    const acknowledged = (typeUrl: string): boolean =>
      server.talks[0]?.requests.some((each) => each.typeUrl === typeUrl && each.nonce !== '') === true;
    await eventually(() =>
      expect([Listener, Secret, Extension].map(acknowledged)).toEqual([true, true, true]),
    );
    await eventually(() => expect(server.secretRequests).toHaveLength(1));
    const errors = server.talks[0]?.requests.map(({ error }) => error).filter((each) => each !== undefined);
    expect(errors).toEqual([]);
    server.cut();
    await eventually(() => expect(server.talks[1]?.requests.length).toBeGreaterThanOrEqual(3), 20_000);
    await eventually(() => expect(server.secretRequests.length).toBeGreaterThanOrEqual(2), 20_000);
    const stated = server.talks[1]?.requests.map(({ typeUrl, initialVersions }) => [
      typeUrl,
      Object.fromEntries(initialVersions.decode()),
    ]);
    const versions = [...targets].map(([typeUrl, set]) => [
      typeUrl,
      Object.fromEntries([...set].map(([name, { version }]) => [name, version])),
    ]);
    expect(Object.fromEntries(stated ?? [])).toEqual(Object.fromEntries(versions));
    expect(server.talks[1]?.sent).toEqual([]);
    expect(server.secretRequests.map(({ versionInfo }) => versionInfo)).toEqual(['', 'first']);
  },
);
