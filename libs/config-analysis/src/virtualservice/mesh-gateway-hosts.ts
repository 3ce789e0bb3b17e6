import { hostMatches, resolveShortName } from '@istio-ts/config-model';
import { fullName, objectKey, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { clusterDomain } from '../hosts/cluster-domain.js';
import { everywhere, exportScopes } from '../hosts/export-scopes.js';
import { keysOfHost, keysOverlapping } from '../hosts/host-keys.js';
import { defineIndex } from '../object-index.js';
import { meshGateway } from './gateway.js';

type VirtualService = ObjectOf<'VirtualService'>;

/** `scope host`, for those of one scope that route the very same host. */
const bySameHost = defineIndex('VirtualServices by host inside the mesh', ['VirtualService'], (object) =>
  scopesOf(object).flatMap((scope) => meshHosts(object).map((host) => `${scope} ${host}`)),
);

/** `*` or `scoped`, and keys of the host, for those of which one is seen everywhere and the other is not. */
const byOverlap = defineIndex(
  'VirtualServices by overlapping host inside the mesh',
  ['VirtualService'],
  (object) => {
    const keys = meshHosts(object).flatMap(keysOfHost);
    return [...new Set(keys)].map((key) => `${reachOf(object)} ${key}`);
  },
);

/**
 * VirtualServices that are seen from the same place are in each other's way when they name the same host. One that is seen
 * everywhere also meets those that are kept to some namespaces, and there a wildcard counts for every host under it.
 */
export const conflictingMeshGatewayHostsAnalyzer = defineAnalyzer({
  name: 'virtualservice.ConflictingMeshGatewayHostsAnalyzer',
  summary: 'no two VirtualServices route the same host inside the mesh',
  each: ['VirtualService'],
  analyze: (object, world) => {
    for (const host of meshHosts(object)) {
      const rivals = rivalsOf(object, host, world);
      if (rivals.length < 2) continue;
      const args = { virtualServices: rivals.map(fullName).join(','), host };
      const index = (object.spec.hosts ?? []).findIndex((each) => fullHost(each, object) === host);
      return [finding('ConflictingMeshGatewayVirtualServiceHosts', object, args, ['spec', 'hosts', index])];
    }
    return [];
  },
});

/** All that meet at a host of an object, the object among them, in the order of their names. */
function rivalsOf(object: VirtualService, host: string, world: World): readonly VirtualService[] {
  const same = scopesOf(object).flatMap((scope) => world.find(bySameHost, `${scope} ${host}`));
  const reach = reachOf(object) === everywhere ? scoped : everywhere;
  const near = keysOverlapping(host)
    .flatMap((key) => world.find(byOverlap, `${reach} ${key}`))
    .filter((other) => meshHosts(other).some((each) => hostMatches(each, host)));
  return [...new Set([...same, ...near])].sort((a, b) => (objectKey(a) < objectKey(b) ? -1 : 1));
}

const scoped = 'scoped';

function reachOf(object: VirtualService): string {
  return scopesOf(object).includes(everywhere) ? everywhere : scoped;
}

function scopesOf({ spec, metadata }: VirtualService): readonly string[] {
  return exportScopes(spec.exportTo, metadata.namespace);
}

/** The hosts that it routes for sidecars. */
function meshHosts(object: VirtualService): readonly string[] {
  const { gateways = [], hosts = [] } = object.spec;
  if (gateways.length > 0 && !gateways.includes(meshGateway)) return [];
  return [...new Set(hosts.map((host) => fullHost(host, object)))];
}

function fullHost(host: string, { metadata }: VirtualService): string {
  return resolveShortName(host, metadata.namespace, clusterDomain);
}
