import { fullName, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { findService, hostKinds, type MeshService } from '../hosts/mesh-services.js';
import { defineIndex } from '../object-index.js';
import { destinationsOf, routesOf, type WrittenDestination } from './destinations.js';

type VirtualService = ObjectOf<'VirtualService'>;

/** Hosts of other clusters: which there are no local object says. */
const clusterSetDomain = '.svc.clusterset.local';

export const destinationHostAnalyzer = defineAnalyzer({
  name: 'virtualservice.DestinationHostAnalyzer',
  summary: 'VirtualServices route to hosts and ports that exist',
  each: ['VirtualService'],
  reads: hostKinds,
  needs: ['Service'],
  analyze: (virtualService, world) => [
    ...destinationsOf(virtualService.spec).flatMap((written) => judge(virtualService, written, world)),
    ...judgeSubsets(virtualService, world),
  ],
});

/** Hosts that a VirtualService is for and sends to a subset of. */
const subsetRoutesByHost = defineIndex(
  'VirtualServices that route a host to a subset of it',
  ['VirtualService'],
  ({ spec }) => {
    const hosts = new Set(spec.hosts);
    const routed = routesOf(spec).filter(({ destination }) => (destination.subset ?? '') !== '');
    return [...new Set(routed.map(({ destination }) => destination.host))].filter((host) => hosts.has(host));
  },
);

/**
 * A gateway picks a destination by its own VirtualService alone: the subsets that another one gives to the same host do
 * nothing for what comes in there, although it looks as if they did.
 */
function judgeSubsets(gatewayBound: VirtualService, world: World): readonly Finding[] {
  const { gateways = [] } = gatewayBound.spec;
  if (gateways.length === 0) return [];
  const plain = routesOf(gatewayBound.spec).filter(({ destination }) => (destination.subset ?? '') === '');
  return plain.flatMap(({ destination, path }) =>
    world.find(subsetRoutesByHost, destination.host).map((other) => {
      const args = { virtualservicesubset: fullName(other), virtualservice: fullName(gatewayBound) };
      return finding('IngressRouteRulesNotAffected', gatewayBound, args, [...path, 'host']);
    }),
  );
}

function judge(
  virtualService: VirtualService,
  written: WrittenDestination,
  world: World,
): readonly Finding[] {
  const { host } = written.destination;
  if (host.endsWith(clusterSetDomain)) return [];
  const { namespace } = virtualService.metadata;
  const service = findService(world, host, { namespace, exportTo: virtualService.spec.exportTo });
  if (service !== undefined) return judgePort(virtualService, written, service);
  const reftype = written.mirror ? 'mirror host' : 'host';
  const path = [...written.path, 'host'];
  return [finding('ReferencedResourceNotFound', virtualService, { reftype, refval: host }, path)];
}

function judgePort(
  virtualService: VirtualService,
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
