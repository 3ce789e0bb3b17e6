import {
  hostMatches,
  isVisibleFrom,
  isWildcard,
  parseExportToAnnotation,
  resolveShortName,
} from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import type { World } from '../analyzer.js';
import { defineIndex } from '../object-index.js';
import { keysOfHost, keysOverlapping } from './host-keys.js';
import { clusterDomain } from './cluster-domain.js';

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

/** The services that a host means when it is written in a namespace, as far as they are seen from there. */
export function findServices(world: World, host: string, namespace: string): readonly MeshService[] {
  const full = resolveShortName(host, namespace, clusterDomain);
  const services = kubernetesServices(world, full).filter((service) => isServiceSeen(service, namespace));
  const entries = serviceEntries(world, full).filter(({ metadata, spec }) =>
    isVisibleFrom(namespace, { namespace: metadata.namespace, exportTo: spec.exportTo }),
  );
  return [
    ...services.map((object) => ({ object, ports: (object.spec.ports ?? []).map(({ port }) => port) })),
    ...entries.map((object) => ({ object, ports: (object.spec.ports ?? []).map(({ number }) => number) })),
  ];
}

export function hostOfService({ metadata: { name, namespace } }: Service): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

function kubernetesServices(world: World, host: string): readonly Service[] {
  if (isWildcard(host))
    return world.all('Service').filter((service) => hostMatches(hostOfService(service), host));
  const tail = `.svc.${clusterDomain}`;
  if (!host.endsWith(tail)) return [];
  const [name = '', namespace = '', ...more] = host.slice(0, -tail.length).split('.');
  const service = more.length === 0 ? world.get('Service', namespace, name) : undefined;
  return service === undefined ? [] : [service];
}

function isServiceSeen({ metadata }: Service, from: string): boolean {
  const annotation = metadata.annotations['networking.istio.io/exportTo'];
  if (annotation === undefined) return true;
  const { namespace } = metadata;
  return isVisibleFrom(from, { namespace, exportTo: parseExportToAnnotation(annotation, namespace) });
}

function serviceEntries(world: World, host: string): readonly ServiceEntry[] {
  const near = keysOverlapping(host).flatMap((key) => world.find(serviceEntriesByHost, key));
  return [...new Set(near)].filter(({ spec, metadata }) =>
    spec.hosts.some((each) => hostMatches(resolveShortName(each, metadata.namespace, clusterDomain), host)),
  );
}
