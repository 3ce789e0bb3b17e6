import { memo } from '@istio-ts/foundation';
import { httpProxyRouteConfig, type RouteConfigIr } from '@istio-ts/mesh-ir';
import { encodedResource, route, typeUrls, type EncodedResource } from '@istio-ts/xds-types';
import { appendFragments } from '../fragments.js';
import { catchAllFragments } from './catch-all.js';
import { virtualHostFragment } from './virtual-host.js';

/** `RouteConfiguration.virtual_hosts` */
const virtualHostsField = 2;

/** Largest body that a direct response may carry. */
const maxDirectResponseBodySizeBytes = 1_048_576;

/** The shell, then one fragment for each virtual host in the order of their names, the catch-all last. */
export const emitRouteConfig = memo((ir: RouteConfigIr): EncodedResource => {
  const hosts: Uint8Array[] = [];
  const origins = new Set<string>();
  for (const host of ir.virtualHosts.values()) {
    const fragment = virtualHostFragment(host);
    hosts.push(fragment.bytes);
    for (const origin of fragment.origins) origins.add(origin);
  }
  hosts.push(...catchAllFragments(ir.catchAll));
  const bytes = appendFragments(encodeShell(ir.name), virtualHostsField, hosts);
  return encodedResource(typeUrls.rds, ir.name, bytes, [...origins].sort());
});

function encodeShell(name: string): Uint8Array {
  const shell = route.RouteConfiguration.create({
    name,
    validateClusters: false,
    maxDirectResponseBodySizeBytes,
    ignorePortInHostMatching: !servesAllPorts(name),
  });
  return route.RouteConfiguration.encode(shell).finish();
}

/** One table for every port: there the port in the host decides, and the domains carry it. */
function servesAllPorts(routeConfig: string): boolean {
  return routeConfig === httpProxyRouteConfig || routeConfig.startsWith('/');
}
