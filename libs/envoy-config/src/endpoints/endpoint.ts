import type { EndpointAddressIr, EndpointIr, WorkloadIr } from '@istio-ts/mesh-ir';
import { core, endpoint, type JsonObject } from '@istio-ts/xds-types';
import { networkAddress, pipeAddress } from '../address.js';

const healthStatus = {
  healthy: core.HealthStatus.HEALTHY,
  unhealthy: core.HealthStatus.UNHEALTHY,
  draining: core.HealthStatus.DRAINING,
} as const;

export function lbEndpoint(ir: EndpointIr): endpoint.LbEndpoint {
  return endpoint.LbEndpoint.create({
    hostIdentifier: {
      $case: 'endpoint',
      value: endpoint.Endpoint.create({ address: endpointAddress(ir.address) }),
    },
    healthStatus: healthStatus[ir.health],
    metadata: endpointMetadata(ir),
    loadBalancingWeight: ir.weight,
  });
}

function endpointAddress(ir: EndpointAddressIr): core.Address {
  switch (ir.kind) {
    case 'ip':
      return networkAddress(ir.ip, ir.port);
    case 'name':
      return networkAddress(ir.name, ir.port);
    case 'pipe':
      return pipeAddress(ir.path);
  }
}

function endpointMetadata(ir: EndpointIr): core.Metadata | undefined {
  const filterMetadata: Record<string, JsonObject> = {};
  if (ir.mtls) filterMetadata['envoy.transport_socket_match'] = { tlsMode: 'istio' };
  if (ir.workload !== undefined) filterMetadata['istio'] = { workload: workloadText(ir.workload) };
  return Object.keys(filterMetadata).length === 0 ? undefined : core.Metadata.create({ filterMetadata });
}

/** The client's statistics read it: `<workload>;<namespace>;<canonical name>;<canonical revision>;<cluster>`. */
function workloadText(ir: WorkloadIr): string {
  const revision = ir.canonicalRevision === 'latest' ? '' : ir.canonicalRevision;
  return [ir.name, ir.namespace, ir.canonicalName, revision, ir.cluster].join(';');
}
