import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { findServices, hostKinds, type MeshService } from '../hosts/mesh-services.js';
import { destinationsOf, type WrittenDestination } from './destinations.js';

/** Hosts of other clusters: which there are no local object says. */
const clusterSetDomain = '.svc.clusterset.local';

export const destinationHostAnalyzer = defineAnalyzer({
  name: 'virtualservice.DestinationHostAnalyzer',
  summary: 'VirtualServices route to hosts and ports that exist',
  each: ['VirtualService'],
  reads: hostKinds,
  needs: ['Service'],
  analyze: (virtualService, world) =>
    destinationsOf(virtualService.spec).flatMap((written) => judge(virtualService, written, world)),
});

function judge(
  virtualService: ObjectOf<'VirtualService'>,
  written: WrittenDestination,
  world: World,
): readonly Finding[] {
  const { host } = written.destination;
  if (host.endsWith(clusterSetDomain)) return [];
  const [service] = findServices(world, host, virtualService.metadata.namespace);
  if (service !== undefined) return judgePort(virtualService, written, service);
  const reftype = written.mirror ? 'mirror' : 'host';
  const path = [...written.path, 'host'];
  return [finding('ReferencedResourceNotFound', virtualService, { reftype, refval: host }, path)];
}

function judgePort(
  virtualService: ObjectOf<'VirtualService'>,
  { destination: { host, port }, path }: WrittenDestination,
  { ports }: MeshService,
): readonly Finding[] {
  if (port?.number === undefined) {
    if (ports.length <= 1) return [];
    const args = { destHost: host, destPorts: ports };
    return [finding('VirtualServiceDestinationPortSelectorRequired', virtualService, args, path)];
  }
  if (ports.includes(port.number)) return [];
  const args = { reftype: 'host:port', refval: `${host}:${port.number}` };
  return [finding('ReferencedResourceNotFound', virtualService, args, [...path, 'port', 'number'])];
}
