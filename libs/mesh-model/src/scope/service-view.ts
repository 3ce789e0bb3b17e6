import { isServiceVisible, type DestinationRule } from '@istio-ts/config-model';
import { memo, type SortedMap } from '@istio-ts/foundation';
import { lookupMap, projectMap } from '../derive/index.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import { compareServices, type MeshService } from '../snapshot/mesh-service.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import type { ServiceFacts } from '../snapshot/service-facts.js';
import { findRule, type MergedRule, type RuleScope } from './merged-rule.js';
import { slotOf, type ScopeClass } from './proxy-class.js';

/** One service as the proxies of a scope see it. */
export interface HostView {
  readonly facts: ServiceFacts;
  readonly rule: MergedRule | undefined;
}

const visible = projectMap((declared: SortedMap<ServiceFacts>, namespace: string) =>
  preferred([...declared.values()], namespace),
);

const withRules = lookupMap<ServiceFacts, SortedMap<DestinationRule>, HostView, RuleScope>({
  refs: (_facts, _scope, host) => [host],
  compute: (facts, rules, scope, host) => viewOf(facts, findRule(facts.service, rules.get(host), scope)),
});

/** One view for equal parts, so that scopes which see a service alike share what follows from it. */
const viewOf = memo((facts: ServiceFacts, rule: MergedRule | undefined): HostView => ({ facts, rule }));

const ruleScopeOf = memo(
  (wildcards: SortedMap<DestinationRule>, scope: ScopeClass, settings: MeshSettings): RuleScope => ({
    wildcards,
    scope,
    settings,
  }),
);

/** Host → the service that the scope sees under it. */
export function visibleServices(snapshot: MeshSnapshot, scope: ScopeClass): SortedMap<HostView> {
  const slot = slotOf(snapshot.mesh, scope);
  const facts = visible(slot, snapshot.facts, scope.namespace);
  const { wildcards, byHost } = snapshot.destinations;
  return withRules(slot, facts, byHost, ruleScopeOf(wildcards, scope, snapshot.settings));
}

/** Of several declarations of a host the own namespace's counts, then Kubernetes', then the oldest. */
function preferred(declared: readonly ServiceFacts[], namespace: string): ServiceFacts | undefined {
  const seen = declared.filter(
    ({ service }) => isVisible(service, namespace) && service.resolution !== 'alias',
  );
  const rank = ({ service }: ServiceFacts): number => Number(service.namespace !== namespace);
  return seen.sort((a, b) => rank(a) - rank(b) || compareServices(a.service, b.service))[0];
}

export function isVisible(service: MeshService, namespace: string): boolean {
  return isServiceVisible(namespace, service);
}
