import type { DestinationRule } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { projectMap, zipMaps } from '../derive/index.js';
import type { MeshService } from '../snapshot/mesh-service.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';

/** What a reference to a host can be held against. */
export interface KnownHost {
  /** undefined: there are rules for the host, and no service. */
  readonly ports: readonly number[] | undefined;
  readonly subsets: readonly string[];
}

const subsetsByHost = projectMap((rules: SortedMap<DestinationRule>) =>
  [
    ...new Set([...rules.values()].flatMap(({ spec }) => (spec.subsets ?? []).map(({ name }) => name))),
  ].sort(),
);

const joined = zipMaps(
  (services: SortedMap<MeshService> | undefined, subsets: readonly string[] | undefined): KnownHost => ({
    ports: services && portsOf([...services.values()]),
    subsets: subsets ?? [],
  }),
);

export function knownHosts({ mesh, services, destinations }: MeshSnapshot): SortedMap<KnownHost> {
  const subsets = subsetsByHost(mesh, destinations.byHost, undefined);
  return joined(mesh, services.byHost, subsets, undefined);
}

function portsOf(services: readonly MeshService[]): readonly number[] {
  return [...new Set(services.flatMap(({ ports }) => ports.map(({ number }) => number)))].sort(
    (a, b) => a - b,
  );
}
