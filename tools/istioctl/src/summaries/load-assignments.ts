import { admin, endpoint, type core, type JsonValue } from '@istio-ts/xds-types';
import { printMessage, resourceIn, sectionOf, type ConfigDump } from '../dump/config-dump.js';
import { placeOf, renderPlace } from './address.js';
import { compareClusterNames } from './cluster-name.js';
import { renderHealth, type EndpointFilter } from './endpoints.js';

/**
 * The load assignments of a dump taken with `include_eds`, with those endpoints that pass the filter, sorted by service; one
 * of which none does is left out.
 */
export function selectLoadAssignments(
  dump: ConfigDump,
  filter: EndpointFilter,
): readonly endpoint.ClusterLoadAssignment[] {
  const { staticEndpointConfigs, dynamicEndpointConfigs } = sectionOf(dump, admin.EndpointsConfigDump);
  return [...staticEndpointConfigs, ...dynamicEndpointConfigs]
    .flatMap((entry) => resourceIn(entry.endpointConfig, endpoint.ClusterLoadAssignment))
    .filter(({ clusterName }) => filter.cluster === undefined || clusterName === filter.cluster)
    .map((assignment) => narrow(assignment, filter))
    .filter(({ endpoints }) => endpoints.length > 0)
    .sort((a, b) => compareClusterNames(a.clusterName, b.clusterName));
}

function narrow(
  assignment: endpoint.ClusterLoadAssignment,
  filter: EndpointFilter,
): endpoint.ClusterLoadAssignment {
  const endpoints = assignment.endpoints
    .map((locality) => ({
      ...locality,
      lbEndpoints: locality.lbEndpoints.filter((each) => matches(each, filter)),
    }))
    .filter(({ lbEndpoints }) => lbEndpoints.length > 0);
  return { ...assignment, endpoints };
}

function matches(each: endpoint.LbEndpoint, { address, status, port }: EndpointFilter): boolean {
  const place = placeOf(addressOf(each));
  return (
    (address === undefined || place.host === address) &&
    (port === 0 || place.port === port) &&
    (status === undefined || renderHealth(each.healthStatus) === status.toUpperCase())
  );
}

function addressOf({ hostIdentifier }: endpoint.LbEndpoint): core.Address | undefined {
  return hostIdentifier?.$case === 'endpoint' ? hostIdentifier.value.address : undefined;
}

export const loadAssignmentHeader = ['NAME', 'STATUS', 'LOCALITY', 'CLUSTER'] as const;

export function loadAssignmentRows({
  clusterName,
  endpoints,
}: endpoint.ClusterLoadAssignment): readonly (readonly string[])[] {
  return endpoints.flatMap(({ locality, lbEndpoints }) =>
    lbEndpoints.map((each) => [
      renderPlace(placeOf(addressOf(each))),
      renderHealth(each.healthStatus),
      renderLocality(locality),
      clusterName,
    ]),
  );
}

/** `region/zone/subzone`, as far as it is known. */
function renderLocality(locality: core.Locality | undefined): string {
  const parts = [locality?.region ?? '', locality?.zone ?? '', locality?.subZone ?? ''];
  return parts.join('/').replace(/\/+$/, '');
}

export function printLoadAssignments(assignments: readonly endpoint.ClusterLoadAssignment[]): JsonValue {
  return assignments.map((each) => printMessage(endpoint.ClusterLoadAssignment, each));
}
