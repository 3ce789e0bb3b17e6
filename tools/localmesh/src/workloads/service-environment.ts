import type { Service } from './service.js';

/** The variables by which Kubernetes tells a container of the services in its namespace: `CATALOG_SERVICE_HOST` and so on. */
export function serviceEnvironment(
  services: readonly Service[],
  namespace: string,
): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const service of services) {
    const { clusterIp } = service;
    if (service.namespace !== namespace || clusterIp === undefined || clusterIp === 'None') continue;
    const prefix = service.name.toUpperCase().replaceAll('-', '_');
    variables[`${prefix}_SERVICE_HOST`] = clusterIp;
    for (const [index, { name, port, protocol }] of service.ports.entries()) {
      const url = `${protocol.toLowerCase()}://${clusterIp}:${String(port)}`;
      if (index === 0) {
        variables[`${prefix}_SERVICE_PORT`] = String(port);
        variables[`${prefix}_PORT`] = url;
      }
      if (name !== undefined)
        variables[`${prefix}_SERVICE_PORT_${name.toUpperCase().replaceAll('-', '_')}`] = String(port);
      const portPrefix = `${prefix}_PORT_${String(port)}_${protocol}`;
      variables[portPrefix] = url;
      variables[`${portPrefix}_PROTO`] = protocol.toLowerCase();
      variables[`${portPrefix}_PORT`] = String(port);
      variables[`${portPrefix}_ADDR`] = clusterIp;
    }
  }
  return variables;
}
