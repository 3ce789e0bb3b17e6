import { admin, core, type JsonValue } from '@istio-ts/xds-types';
import { parseObject, printMessage, readMessage } from '../dump/config-dump.js';
import { placeOf, renderPlace, type Place } from './address.js';
import { compareText } from './cluster-name.js';

export interface EndpointFilter {
  readonly address?: string | undefined;
  readonly cluster?: string | undefined;
  /** `healthy`, in any case. */
  readonly status?: string | undefined;
  /** 0: every port. */
  readonly port: number;
}

/** Envoy's answer to `/clusters?format=json`: what each endpoint is like at this moment. */
export function parseClusterStatuses(text: string, source: string): admin.Clusters {
  return readMessage(admin.Clusters, parseObject(text, source));
}

/** The clusters, with those endpoints that pass the filter; a cluster of which none does is left out. */
export function selectEndpoints(
  clusters: admin.Clusters,
  filter: EndpointFilter,
): readonly admin.ClusterStatus[] {
  return clusters.clusterStatuses
    .filter(({ name }) => filter.cluster === undefined || name === filter.cluster)
    .map((cluster) => ({
      ...cluster,
      hostStatuses: cluster.hostStatuses.filter((host) => matches(host, filter)),
    }))
    .filter(({ hostStatuses }) => hostStatuses.length > 0);
}

function matches(host: admin.HostStatus, { address, status, port }: EndpointFilter): boolean {
  const place = placeOf(host.address);
  return (
    (address === undefined || place.host === address) &&
    (port === 0 || place.port === port) &&
    (status === undefined || statusOf(host) === status.toUpperCase())
  );
}

export const endpointHeader = ['ENDPOINT', 'STATUS', 'OUTLIER CHECK', 'CLUSTER'] as const;

/** One row an endpoint and cluster, sorted by address, port and cluster. */
export function endpointRows(clusters: readonly admin.ClusterStatus[]): readonly (readonly string[])[] {
  return clusters
    .flatMap(({ name, hostStatuses }) =>
      hostStatuses.map((host) => ({ cluster: name, host, place: placeOf(host.address) })),
    )
    .sort(
      (a, b) =>
        compareText(a.place.host, b.place.host) ||
        a.place.port - b.place.port ||
        compareText(a.cluster, b.cluster),
    )
    .map(({ cluster, host, place }) => [
      renderEndpoint(host, place),
      statusOf(host),
      host.healthStatus?.failedOutlierCheck === true ? 'FAILED' : 'OK',
      cluster,
    ]);
}

function renderEndpoint({ address }: admin.HostStatus, place: Place): string {
  return address?.address?.$case === 'pipe' ? `unix://${place.host}` : renderPlace(place);
}

function statusOf({ healthStatus }: admin.HostStatus): string {
  return renderHealth(healthStatus?.edsHealthStatus ?? core.HealthStatus.UNKNOWN);
}

export function renderHealth(status: core.HealthStatus): string {
  return healthNames.get(status) ?? 'UNKNOWN';
}

const healthNames: ReadonlyMap<number, string> = new Map(
  Object.entries(core.HealthStatus).map(([name, value]) => [value, name]),
);

export function printEndpoints(clusters: readonly admin.ClusterStatus[]): JsonValue {
  return clusters.map((each) => printMessage(admin.ClusterStatus, each));
}
