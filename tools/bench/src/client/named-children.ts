import { findContents, findVarint } from '../wire/protobuf.js';

const edsType = 3;
const managerTypeUrl =
  'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** The load assignment that a cluster (protobuf bytes) of type EDS asks for: its service name, else its own name. */
export function loadAssignmentOf(cluster: Buffer, name: string): readonly string[] {
  if (!isEds(cluster)) return [];
  const [serviceName] = findContents(cluster, [3, 2]);
  return [serviceName?.toString('utf8') ?? name];
}

/** `Cluster.type` (field 2, varint), read without the rest of the message. */
function isEds(cluster: Buffer): boolean {
  return findVarint(cluster, 2) === edsType;
}

/** The route configurations that the connection managers of a listener (protobuf bytes) ask for. */
export function routeConfigurationsOf(listener: Buffer): readonly string[] {
  const filters = [...findContents(listener, [3, 3]), ...findContents(listener, [25, 3])];
  const names = filters.flatMap((filter) => {
    const [typeUrl] = findContents(filter, [4, 1]);
    if (typeUrl?.toString('utf8') !== managerTypeUrl) return [];
    return findContents(filter, [4, 2, 3, 2]).map((name) => name.toString('utf8'));
  });
  return [...new Set(names)];
}
