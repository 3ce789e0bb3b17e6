import {
  cluster,
  core,
  encodedResource,
  hcm,
  listener,
  packAny,
  router,
  tls,
  typeUrls,
  type EncodedResource,
} from '@istio-ts/xds-types';

/** A listener that wants a client's certificate and answers every request itself, and a cluster, as a control plane would send them. */
export function testResources(address: string, port: number): readonly EncodedResource[] {
  const cds = cluster.Cluster.fromPartial({ name: 'local', connectTimeout: { seconds: 1 } });
  return [
    encodedResource(typeUrls.cds, 'local', cluster.Cluster.encode(cds).finish()),
    encodedResource(typeUrls.lds, 'test', listener.Listener.encode(testListener(address, port)).finish()),
  ];
}

function testListener(address: string, port: number): listener.Listener {
  const portSpecifier = { $case: 'portValue', value: port } as const;
  return listener.Listener.fromPartial({
    name: 'test',
    address: {
      address: { $case: 'socketAddress', value: core.SocketAddress.create({ address, portSpecifier }) },
    },
    filterChains: [
      {
        transportSocket: {
          name: 'envoy.transport_sockets.tls',
          configType: { $case: 'typedConfig', value: packAny(tls.DownstreamTlsContext, mutualTls()) },
        },
        filters: [
          {
            name: 'envoy.filters.network.http_connection_manager',
            configType: { $case: 'typedConfig', value: packAny(hcm.HttpConnectionManager, directResponse()) },
          },
        ],
      },
    ],
  });
}

function mutualTls(): tls.DownstreamTlsContext {
  return tls.DownstreamTlsContext.fromPartial({
    requireClientCertificate: true,
    commonTlsContext: {
      tlsCertificateSdsSecretConfigs: [{ name: 'default', sdsConfig: overSds() }],
      validationContextType: {
        $case: 'validationContextSdsSecretConfig',
        value: { name: 'ROOTCA', sdsConfig: overSds() },
      },
    },
  });
}

function overSds(): core.ConfigSource {
  const targetSpecifier = { $case: 'envoyGrpc', value: { clusterName: 'sds-grpc' } } as const;
  return core.ConfigSource.fromPartial({
    resourceApiVersion: core.ApiVersion.V3,
    configSourceSpecifier: {
      $case: 'apiConfigSource',
      value: {
        apiType: core.ApiConfigSource_ApiType.GRPC,
        transportApiVersion: core.ApiVersion.V3,
        grpcServices: [{ targetSpecifier }],
      },
    },
  });
}

function directResponse(): hcm.HttpConnectionManager {
  return hcm.HttpConnectionManager.fromPartial({
    statPrefix: 'test',
    routeSpecifier: {
      $case: 'routeConfig',
      value: {
        virtualHosts: [
          {
            name: 'all',
            domains: ['*'],
            routes: [
              {
                match: { pathSpecifier: { $case: 'prefix', value: '/' } },
                action: {
                  $case: 'directResponse',
                  value: { status: 200, body: { specifier: { $case: 'inlineString', value: 'hello' } } },
                },
              },
            ],
          },
        ],
      },
    },
    httpFilters: [
      {
        name: 'envoy.filters.http.router',
        configType: { $case: 'typedConfig', value: packAny(router.Router, router.Router.create()) },
      },
    ],
  });
}
