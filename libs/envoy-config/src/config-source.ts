import { core, durationFromMs } from '@istio-ts/xds-types';

/** From istiod over the proxy's one stream; `wait` is how long Envoy waits for it, undefined for Envoy's own 15 s. */
function overAds(waitMs: number | undefined): core.ConfigSource {
  return core.ConfigSource.create({
    configSourceSpecifier: { $case: 'ads', value: core.AggregatedConfigSource.create() },
    initialFetchTimeout: waitMs === undefined ? undefined : durationFromMs(waitMs),
    resourceApiVersion: core.ApiVersion.V3,
  });
}

/** EDS and RDS: no time limit, a proxy never goes on without them. */
export const adsUntilFound = overAds(0);

/** Secrets of gateways: a missing one must not keep the listener back for ever. */
export const adsWithLimit = overAds(undefined);

/** The agent beside the proxy: workload certificates and certificate files. */
export const agentSds = overGrpc('sds-grpc', 0);

/** An SDS server of the user's own: like any secret of a gateway, a missing one must not keep the listener back. */
export function externalSds(cluster: string): core.ConfigSource {
  return overGrpc(cluster, undefined);
}

function overGrpc(clusterName: string, waitMs: number | undefined): core.ConfigSource {
  const service = core.GrpcService.create({
    targetSpecifier: { $case: 'envoyGrpc', value: core.GrpcService_EnvoyGrpc.create({ clusterName }) },
  });
  return core.ConfigSource.create({
    configSourceSpecifier: {
      $case: 'apiConfigSource',
      value: core.ApiConfigSource.create({
        apiType: core.ApiConfigSource_ApiType.GRPC,
        transportApiVersion: core.ApiVersion.V3,
        setNodeOnFirstMessageOnly: true,
        grpcServices: [service],
      }),
    },
    initialFetchTimeout: waitMs === undefined ? undefined : durationFromMs(waitMs),
    resourceApiVersion: core.ApiVersion.V3,
  });
}
