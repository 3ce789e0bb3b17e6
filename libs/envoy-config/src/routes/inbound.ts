import { memo } from '@istio-ts/foundation';
import type { InboundPortIr } from '@istio-ts/mesh-ir';
import { inboundClusterName } from '@istio-ts/mesh-ir';
import { durationFromMs, route } from '@istio-ts/xds-types';

/** The one route of a declared inbound port, inline in its connection manager. */
export const inboundRouteConfig = memo((ir: InboundPortIr): route.RouteConfiguration =>
  inboundRoutes({
    cluster: inboundClusterName(ir.targetPort),
    servicePort: ir.servicePort,
    decorator: `${ir.service.host}:${ir.servicePort}/*`,
    retry: ir.protocol !== 'grpc' && ir.protocol !== 'grpc-web',
  }),
);

/** Plain HTTP on ports that no service declares. */
export function inboundPassthroughRoutes(cluster: string): route.RouteConfiguration {
  return inboundRoutes({ cluster, servicePort: 0, decorator: ':0/*', retry: true });
}

interface InboundRoute {
  readonly cluster: string;
  readonly servicePort: number;
  readonly decorator: string;
  readonly retry: boolean;
}

function inboundRoutes({ cluster, servicePort, decorator, retry }: InboundRoute): route.RouteConfiguration {
  return route.RouteConfiguration.create({
    name: cluster,
    validateClusters: false,
    virtualHosts: [
      route.VirtualHost.create({
        name: `inbound|http|${servicePort}`,
        domains: ['*'],
        routes: [
          route.Route.create({
            name: 'default',
            match: route.RouteMatch.create({ pathSpecifier: { $case: 'prefix', value: '/' } }),
            decorator: route.Decorator.create({ operation: decorator }),
            action: { $case: 'route', value: toApplication(cluster, retry) },
          }),
        ],
      }),
    ],
  });
}

/** No limits of time: they are the caller's. */
function toApplication(cluster: string, retry: boolean): route.RouteAction {
  return route.RouteAction.create({
    clusterSpecifier: { $case: 'cluster', value: cluster },
    timeout: durationFromMs(0),
    maxStreamDuration: route.RouteAction_MaxStreamDuration.create({
      maxStreamDuration: durationFromMs(0),
      grpcTimeoutHeaderMax: durationFromMs(0),
    }),
    retryPolicy: retry ? beforeRequest : undefined,
  });
}

/** An application that closes an idle connection just when a request comes: nothing of it was seen, so it is sent again. */
const beforeRequest = route.RetryPolicy.create({ retryOn: 'reset-before-request', numRetries: 2 });
