import { exportsToAll, resolveShortName } from '@istio-ts/config-model';
import { fullName, type ObjectOf } from '../analyzed-object.js';
import { defineGroupAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { meshGateway } from './gateway.js';
import { clusterDomain } from '../hosts/cluster-domain.js';

type VirtualService = ObjectOf<'VirtualService'>;

const byMeshHost = defineIndex('VirtualServices by host inside the mesh', ['VirtualService'], (object) => {
  const { gateways = [], hosts = [] } = object.spec;
  if (gateways.length > 0 && !gateways.includes(meshGateway)) return [];
  return [...new Set(hosts.map((host) => fullHost(host, object)))];
});

/**
 * VirtualServices that are exported to all are in each other's way wherever they are; one that is kept to its namespace
 * only competes with those of the namespace and with those exported to all, and then it is the one to be told.
 */
export const conflictingMeshGatewayHostsAnalyzer = defineGroupAnalyzer({
  name: 'virtualservice.ConflictingMeshGatewayHostsAnalyzer',
  summary: 'no two VirtualServices route the same host inside the mesh',
  groups: byMeshHost,
  analyze: (members, _world, host) =>
    members.flatMap((member) => {
      const scope = scopeOf(member);
      const rivals = members.filter((other) => [scope, everywhere].includes(scopeOf(other)));
      if (rivals.length < 2) return [];
      const virtualServices = rivals.map(fullName).join(', ');
      const index = (member.spec.hosts ?? []).findIndex((each) => fullHost(each, member) === host);
      const args = { virtualServices, host };
      return [finding('ConflictingMeshGatewayVirtualServiceHosts', member, args, ['spec', 'hosts', index])];
    }),
});

const everywhere = '*';

function scopeOf({ spec, metadata }: VirtualService): string {
  return exportsToAll(spec.exportTo ?? []) ? everywhere : metadata.namespace;
}

function fullHost(host: string, { metadata }: VirtualService): string {
  return resolveShortName(host, metadata.namespace, clusterDomain);
}
