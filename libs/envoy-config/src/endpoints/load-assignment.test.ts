import { invariant } from '@istio-ts/foundation';
import type { EndpointIr, LocalityEndpointsIr, WorkloadIr } from '@istio-ts/mesh-ir';
import { core, type endpoint } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { emittedEndpoints } from '../testing/emitted.js';
import { catalogCluster, loadAssignmentIr } from '../testing/ir.js';

const [locality] = loadAssignmentIr().localities;
invariant(locality, 'the fixture has a locality');
const [healthy] = locality.endpoints;
invariant(healthy, 'the fixture has an endpoint');

/** The endpoint of the fixture with these fields, as Envoy reads it. */
function emitted(fields: Partial<EndpointIr> = {}): endpoint.LbEndpoint | undefined {
  const localities = [
    { ...locality, endpoints: [{ ...healthy, ...fields }] },
  ] as readonly LocalityEndpointsIr[];
  return emittedEndpoints(loadAssignmentIr({ localities })).endpoints[0]?.lbEndpoints[0];
}

describe('a load assignment', () => {
  it('bears the name of its cluster and groups endpoints by locality, with weight and priority', () => {
    const ir = loadAssignmentIr({ localities: [{ ...locality, weight: 5, priority: 1 }] });
    const { clusterName, endpoints } = emittedEndpoints(ir);
    expect(clusterName).toBe(catalogCluster);
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]).toMatchObject({
      locality: { region: 'eu', zone: 'a', subZone: '' },
      loadBalancingWeight: 5,
      priority: 1,
    });
  });

  it('has no localities for a service without endpoints: Envoy stops waiting', () => {
    expect(emittedEndpoints(loadAssignmentIr({ localities: [] })).endpoints).toEqual([]);
  });

  it('tells clients which endpoints take mutual TLS, and who answers there', () => {
    expect(emitted()?.metadata?.filterMetadata).toEqual({
      'envoy.transport_socket_match': { tlsMode: 'istio' },
      istio: { workload: 'catalog-v1;shop;catalog;v1;Kubernetes' },
    });
    expect(emitted({ mtls: false, workload: undefined })?.metadata).toBeUndefined();
  });

  it('leaves the revision empty where it is `latest`, as Istio does', () => {
    const workload = { ...healthy.workload, canonicalRevision: 'latest' } as WorkloadIr;
    expect(emitted({ workload })?.metadata?.filterMetadata['istio']).toEqual({
      workload: 'catalog-v1;shop;catalog;;Kubernetes',
    });
  });

  it.each([
    ['healthy', core.HealthStatus.HEALTHY],
    ['unhealthy', core.HealthStatus.UNHEALTHY],
    ['draining', core.HealthStatus.DRAINING],
  ] as const)('sends %s endpoints with that status', (health, status) => {
    expect(emitted({ health })?.healthStatus).toBe(status);
  });
});
