import { hostSubsetOf, isVisibleFrom, isWildcard, sortHosts } from '@istio-ts/config-model';
import { memo, type SortedMap } from '@istio-ts/foundation';
import { projectMap, zipMaps } from '../derive/index.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { compareAge } from '../snapshot/origin.js';
import type { RouteSource } from '../snapshot/route-index.js';
import { slotOf, type OutboundClass } from './proxy-class.js';
import { visibleServices, type HostView } from './service-view.js';

/** What calls to one host meet: the service behind it and the VirtualService before it, of which one may be absent. */
export interface HostRoute {
  readonly host: string;
  readonly view: HostView | undefined;
  readonly source: RouteSource | undefined;
}

interface RouteScope {
  readonly namespace: string;
  readonly exportTo: readonly string[];
}

type Sources = SortedMap<RouteSource>;

const visibleSource = projectMap(
  (sources: Sources, { namespace, exportTo }: RouteScope) =>
    [...sources.values()]
      .filter((source) => isVisible(source, namespace, exportTo))
      .sort((a, b) => compareAge(a.resource, b.resource))[0],
);

const wildcardSources = projectMap((source: RouteSource, _context: undefined, host) =>
  isWildcard(host) ? source : undefined,
);

const joined = zipMaps(
  (
    view: HostView | undefined,
    source: RouteSource | undefined,
    wildcards: Wildcards,
    host,
  ): HostRoute | undefined =>
    view === undefined && wildcards.covering.has(host)
      ? undefined
      : { host, view, source: source ?? mostSpecific(host, wildcards.sources) },
);

interface Wildcards {
  readonly sources: Sources;
  /** Those that cover a service: they are routes of that service, and no host of their own. */
  readonly covering: ReadonlySet<string>;
}

const hostNames = projectMap((_view: HostView) => true as const);

const wildcardsOf = memo((sources: Sources, hosts: SortedMap<true>): Wildcards => {
  const all = [...hosts.keys()];
  const covers = (wildcard: string): boolean => all.some((host) => hostSubsetOf(host, wildcard));
  return { sources, covering: new Set([...sources.keys()].filter(covers)) };
});

const scopeOf = memo((settings: MeshSettings, namespace: string): RouteScope => ({
  namespace,
  exportTo: settings.exportTo.virtualServices,
}));

/** Host → service and VirtualService, as sidecars of the class see them. */
export function hostRoutes(snapshot: MeshSnapshot, proxyClass: OutboundClass): SortedMap<HostRoute> {
  const slot = slotOf(snapshot.mesh, proxyClass);
  const scope = scopeOf(snapshot.settings, proxyClass.namespace);
  const sources = visibleSource(slot, snapshot.routes.meshByHost, scope);
  const wildcards = wildcardSources(slot, sources, undefined);
  const services = visibleServices(snapshot, proxyClass.cluster.scope);
  return joined(slot, services, sources, wildcardsOf(wildcards, hostNames(slot, services, undefined)));
}

/** A service takes the routes of the most specific wildcard host that covers it, where none is for it alone. */
function mostSpecific(host: string, wildcards: Sources): RouteSource | undefined {
  const [best] = sortHosts([...wildcards.keys()].filter((wildcard) => hostSubsetOf(host, wildcard)));
  return best === undefined ? undefined : wildcards.get(best);
}

/** Whether a namespace may use the routes of a VirtualService. */
export function isVisible(
  { resource }: RouteSource,
  namespace: string,
  defaultExportTo: readonly string[],
): boolean {
  const { spec, metadata } = resource;
  return isVisibleFrom(namespace, {
    namespace: metadata.namespace,
    exportTo: spec.exportTo,
    defaultExportTo,
  });
}
