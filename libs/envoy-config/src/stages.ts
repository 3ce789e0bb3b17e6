import type { hcm, listener } from '@istio-ts/xds-types';
import { filterNames } from './filters/filter-names.js';

/**
 * The order of HTTP filters: requests pass it downwards, responses upwards. The one place that decides it; a reason
 * beside each row.
 */
export const httpFilterOrder = [
  // Peer metadata and statistics: takes the peer's headers off before any filter or application sees them, and sees the
  // answers that the filters below give in the application's stead.
  filterNames.stats,
  // Turns gRPC-Web into gRPC before something looks at the content type.
  filterNames.grpcWeb,
  // Reads gRPC messages and their status as they really are on the wire.
  filterNames.grpcStats,
  // Decides on the upstream connection's ALPN: after everything that may still change the route, before the router.
  filterNames.alpn,
  // Fault before CORS: a browser must be able to see the fault as one.
  filterNames.fault,
  filterNames.cors,
  // Looks up the host that the request names: after everything that may still change it.
  filterNames.dynamicDns,
  // Sends the request away: nothing comes after it.
  filterNames.router,
] as const;

/** The order of network filters of a TCP chain. */
export const networkFilterOrder = [
  // Counts connections and bytes: sees what the others see.
  filterNames.stats,
  // Looks up the host that the client hello names, for the cluster that the next one connects to.
  filterNames.sniDynamicDns,
  // Ends the chain: hands the bytes to the cluster.
  filterNames.tcpProxy,
] as const;

/** The filters that there are, in the order of the table. */
export function orderHttpFilters(
  filters: Readonly<Partial<Record<(typeof httpFilterOrder)[number], hcm.HttpFilter | undefined>>>,
): readonly hcm.HttpFilter[] {
  return httpFilterOrder.flatMap((name) => filters[name] ?? []);
}

/** The filters that there are, in the order of the table. */
export function orderNetworkFilters(
  filters: Readonly<Partial<Record<(typeof networkFilterOrder)[number], listener.Filter | undefined>>>,
): readonly listener.Filter[] {
  return networkFilterOrder.flatMap((name) => filters[name] ?? []);
}
