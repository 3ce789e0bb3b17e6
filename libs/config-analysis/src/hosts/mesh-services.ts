import {
  hostMatches,
  hostSubsetOf,
  isWildcard,
  parseExportToAnnotation,
  resolveShortName,
} from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import type { World } from '../analyzer.js';
import { defineIndex } from '../object-index.js';
import { clusterDomain } from './cluster-domain.js';
import { everywhere, exportScopes } from './export-scopes.js';
import { keysOfHost, keysOverlapping } from './host-keys.js';

type Service = ObjectOf<'Service'>;
type ServiceEntry = ObjectOf<'ServiceEntry'>;

/** Kinds that say which hosts there are. */
export const hostKinds = ['Service', 'ServiceEntry'] as const;

const serviceEntriesByHost = defineIndex('ServiceEntries by host', ['ServiceEntry'], ({ spec, metadata }) =>
  spec.hosts.flatMap((host) => keysOfHost(resolveShortName(host, metadata.namespace, clusterDomain))),
);

/** A host of the mesh: where its ports are, and which object says so. */
export interface MeshService {
  readonly object: Service | ServiceEntry;
  readonly ports: readonly number[];
}

/** Who asks for a host: a rule in a namespace. What it exports itself to may see the host, too. */
export interface Asking {
  readonly namespace: string;
  readonly exportTo: readonly string[] | undefined;
}

/**
 * The service that a host means where it is written; an exact name goes before a wildcard, what everybody sees before what
 * few do, a Service before a ServiceEntry. A rule for a wildcard is for whatever host is under it.
 */
export function findService(world: World, host: string, asking: Asking): MeshService | undefined {
  const { namespace, exportTo = [] } = asking;
  const full = resolveShortName(host, namespace, clusterDomain);
  const from = exportTo.length === 0 ? [namespace] : exportScopes(exportTo, namespace);
  const exact: readonly (Service | ServiceEntry)[] = [
    ...kubernetesServices(world, full),
    ...serviceEntries(world, full).filter((entry) => hostsOf(entry).includes(full)),
  ];
  for (const scope of [everywhere, ...from]) {
    const seen = exact.find((object) => scopesOf(object).includes(scope));
    if (seen !== undefined) return meshService(seen);
  }
  const wide = findByWildcard(world, full).find((object) => {
    const scopes = scopesOf(object);
    return scopes.includes(everywhere) || scopes.includes(namespace);
  });
  return wide && meshService(wide);
}

export function hostOfService({ metadata: { name, namespace } }: Service): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

function meshService(object: Service | ServiceEntry): MeshService {
  const ports =
    object.kind === 'Service'
      ? (object.spec.ports ?? []).map(({ port }) => port)
      : (object.spec.ports ?? []).map(({ number }) => number);
  return { object, ports };
}

function findByWildcard(world: World, host: string): readonly (Service | ServiceEntry)[] {
  const entries = serviceEntries(world, host);
  if (!isWildcard(host)) {
    return entries.filter((entry) =>
      hostsOf(entry).some((each) => isWildcard(each) && hostSubsetOf(host, each)),
    );
  }
  return [...world.all('Service').filter((service) => hostMatches(hostOfService(service), host)), ...entries];
}

function scopesOf(object: Service | ServiceEntry): readonly string[] {
  const { namespace, annotations } = object.metadata;
  if (object.kind === 'ServiceEntry') return exportScopes(object.spec.exportTo, namespace);
  const annotation = annotations['networking.istio.io/exportTo'] ?? '';
  return parseExportToAnnotation(annotation, namespace);
}

function kubernetesServices(world: World, host: string): readonly Service[] {
  const tail = `.svc.${clusterDomain}`;
  if (!host.endsWith(tail)) return [];
  const [name = '', namespace = '', ...more] = host.slice(0, -tail.length).split('.');
  const service = more.length === 0 ? world.get('Service', namespace, name) : undefined;
  return service === undefined ? [] : [service];
}

/** Those with a host that overlaps. */
function serviceEntries(world: World, host: string): readonly ServiceEntry[] {
  const near = keysOverlapping(host).flatMap((key) => world.find(serviceEntriesByHost, key));
  return [...new Set(near)].filter((entry) => hostsOf(entry).some((each) => hostMatches(each, host)));
}

function hostsOf({ spec, metadata }: ServiceEntry): readonly string[] {
  return spec.hosts.map((host) => resolveShortName(host, metadata.namespace, clusterDomain));
}
