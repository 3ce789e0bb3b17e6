import { isWildcard, serviceOfHost, type DestinationRule } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { groupMap, unionMaps, type Slot } from '../derive/index.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import { ruleHost } from './destination-index.js';
import type { MeshService } from './mesh-service.js';

/**
 * Namespaces that see services or rules other than everyone does. All the others share one view, and with it clusters and
 * endpoints. The values are the reasons, of no interest to readers.
 */
export type OwnViews = SortedMap<SortedMap<true>>;

const servicesSeenApart = groupMap((declared: SortedMap<MeshService>) => {
  const services = [...declared.values()];
  const rivals = services.length > 1 ? services.map(({ namespace }) => namespace) : [];
  const seeing = services.flatMap(({ exportTo, namespace }) => seenApart(exportTo, namespace));
  return [...rivals, ...seeing].map((namespace) => [namespace, true] as const);
});

const rulesSeenApart = groupMap((rule: DestinationRule, settings: MeshSettings) =>
  namespacesOfRule(rule, settings).map((namespace) => [namespace, true] as const),
);

const both = unionMaps<SortedMap<true>>();

export function indexOwnViews(
  slot: Slot,
  sources: {
    readonly servicesByHost: SortedMap<SortedMap<MeshService>>;
    readonly rules: SortedMap<DestinationRule>;
  },
  settings: MeshSettings,
): OwnViews {
  const services = servicesSeenApart(slot, sources.servicesByHost, undefined);
  return both(slot, services, rulesSeenApart(slot, sources.rules, settings));
}

/** A rule for a service of its own namespace, exported to all, is found by every client alike. */
function namespacesOfRule(rule: DestinationRule, settings: MeshSettings): readonly string[] {
  const { spec, metadata } = rule;
  const host = ruleHost(rule, settings.clusterDomain);
  const ofOwnService =
    !isWildcard(host) &&
    host.endsWith(`.svc.${settings.clusterDomain}`) &&
    serviceOfHost(host, '').namespace === metadata.namespace;
  const plain = ofOwnService && spec.workloadSelector === undefined;
  const exportTo =
    spec.exportTo && spec.exportTo.length > 0 ? spec.exportTo : settings.exportTo.destinationRules;
  return [...(plain ? [] : [metadata.namespace]), ...seenApart(exportTo, metadata.namespace)];
}

function seenApart(exportTo: readonly string[], namespace: string): readonly string[] {
  if (exportTo.includes('*')) return [];
  return exportTo.filter((target) => target !== '~').map((target) => (target === '.' ? namespace : target));
}
