import { dynamicDnsCluster, passthroughCluster, type CatchAllIr } from '@istio-ts/mesh-ir';
import { durationFromMs, route } from '@istio-ts/xds-types';

/** Virtual hosts for whatever no other one takes: none or one. */
export function catchAllFragments(ir: CatchAllIr): readonly Uint8Array[] {
  switch (ir.kind) {
    case 'none':
      return [];
    case 'allow-any':
      return [allowAny];
    case 'allow-any-dynamic-dns':
      return [allowAnyByName];
    case 'block-all':
      return [blockAll];
    case 'black-hole':
      return [encode(route.VirtualHost.create({ name: `blackhole:${ir.port}`, domains: ['*'] }))];
  }
}

/** On to wherever the connection was going. */
const allowAny = encode(catchAllHost('allow_any', forwardTo(passthroughCluster)));

/** To the host that the request names, wherever DNS says that it is. */
export const allowAnyByNameHost = catchAllHost('allow_any_dynamic_dns', forwardTo(dynamicDnsCluster));
const allowAnyByName = encode(allowAnyByNameHost);

/** REGISTRY_ONLY: a host that the mesh does not know is a bad gateway. */
const blockAll = encode(
  catchAllHost('block_all', {
    $case: 'directResponse',
    value: route.DirectResponseAction.create({ status: 502 }),
  }),
);

function forwardTo(cluster: string): NonNullable<route.Route['action']> {
  return {
    $case: 'route',
    value: route.RouteAction.create({
      clusterSpecifier: { $case: 'cluster', value: cluster },
      timeout: durationFromMs(0),
      maxGrpcTimeout: durationFromMs(0),
    }),
  };
}

function catchAllHost(name: string, action: NonNullable<route.Route['action']>): route.VirtualHost {
  const match = route.RouteMatch.create({ pathSpecifier: { $case: 'prefix', value: '/' } });
  return route.VirtualHost.create({
    name,
    domains: ['*'],
    routes: [route.Route.create({ name, match, action })],
    includeRequestAttemptCount: true,
  });
}

function encode(host: route.VirtualHost): Uint8Array {
  return route.VirtualHost.encode(host).finish();
}
