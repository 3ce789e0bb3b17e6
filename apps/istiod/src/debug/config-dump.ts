import { admin, packAny, type EncodedResource, type google } from '@istio-ts/xds-types';
import { toJson } from '@istio-ts/xds-types/json';
import { emptySet, TypeUrl, type Targets } from '@istio-ts/xds-protocol';

/** What istiod would send a proxy now, in the shape of Envoy's `/config_dump`. */
export function configDump(targets: Targets): unknown {
  const of = (typeUrl: string): readonly EncodedResource[] => [
    ...(targets.get(typeUrl) ?? emptySet).values(),
  ];
  const dump = admin.ConfigDump.create({
    configs: [
      packAny(
        admin.ClustersConfigDump,
        admin.ClustersConfigDump.create({
          dynamicActiveClusters: of(TypeUrl.Cluster).map((resource) =>
            admin.ClustersConfigDump_DynamicCluster.create({
              versionInfo: resource.version,
              cluster: anyOf(resource),
            }),
          ),
        }),
      ),
      packAny(
        admin.ListenersConfigDump,
        admin.ListenersConfigDump.create({
          dynamicListeners: of(TypeUrl.Listener).map((resource) =>
            admin.ListenersConfigDump_DynamicListener.create({
              name: resource.name,
              activeState: admin.ListenersConfigDump_DynamicListenerState.create({
                versionInfo: resource.version,
                listener: anyOf(resource),
              }),
            }),
          ),
        }),
      ),
      packAny(
        admin.RoutesConfigDump,
        admin.RoutesConfigDump.create({
          dynamicRouteConfigs: of(TypeUrl.Route).map((resource) =>
            admin.RoutesConfigDump_DynamicRouteConfig.create({
              versionInfo: resource.version,
              routeConfig: anyOf(resource),
            }),
          ),
        }),
      ),
      packAny(
        admin.EndpointsConfigDump,
        admin.EndpointsConfigDump.create({
          dynamicEndpointConfigs: of(TypeUrl.Endpoint).map((resource) =>
            admin.EndpointsConfigDump_DynamicEndpointConfig.create({
              versionInfo: resource.version,
              endpointConfig: anyOf(resource),
            }),
          ),
        }),
      ),
    ],
  });
  return toJson(admin.ConfigDump, dump, { fieldNames: 'camelCase' });
}

function anyOf({ typeUrl, bytes }: EncodedResource): google.Any {
  return { typeUrl, value: bytes };
}
