import {
  hostSubsetOf,
  isVisibleFrom,
  renderLabels,
  sortHosts,
  type DestinationRule,
  type Subset,
  type TrafficPolicy,
} from '@istio-ts/config-model';
import { memo, type SortedMap } from '@istio-ts/foundation';
import type { OriginIr } from '@istio-ts/mesh-ir';
import type { MeshSettings } from '../settings/mesh-settings.js';
import { ruleHost } from '../snapshot/destination-index.js';
import { compareAge, originOf } from '../snapshot/origin.js';
import type { ScopeClass } from './proxy-class.js';

/** The DestinationRules in force for one host, as one. */
export interface MergedRule {
  readonly origin: OriginIr;
  readonly trafficPolicy: TrafficPolicy | undefined;
  readonly subsets: readonly Subset[];
  /** Whether it is for workloads that a selector picks. */
  readonly selecting: boolean;
}

/** What the search for a rule reads besides the rules for the very host. */
export interface RuleScope {
  readonly wildcards: SortedMap<DestinationRule>;
  readonly scope: ScopeClass;
  readonly settings: MeshSettings;
}

/**
 * The rule for a host: of the client's namespace, else of the service's, else of the root namespace. In each the most
 * specific host counts, and rules of equal host are merged. Rules of other namespaces must be exported to the client.
 */
export function findRule(
  service: { readonly host: string; readonly namespace: string },
  exact: SortedMap<DestinationRule> | undefined,
  { wildcards, scope, settings }: RuleScope,
): MergedRule | undefined {
  const matching = [...(exact?.values() ?? []), ...wildcardsFor(service.host, wildcards)].filter((rule) =>
    selects(rule, scope),
  );
  if (matching.length === 0) return undefined;
  for (const place of searchOrder(service.namespace, scope.namespace, settings.rootNamespace)) {
    const candidates = matching.filter(
      (rule) => rule.metadata.namespace === place && isVisible(rule, scope.namespace, settings),
    );
    const found = mergeMostSpecific(candidates, settings.clusterDomain);
    if (found !== undefined) return found;
  }
  return undefined;
}

function* wildcardsFor(host: string, rules: SortedMap<DestinationRule>): Iterable<DestinationRule> {
  for (const rule of rules.values()) if (hostSubsetOf(host, rule.spec.host)) yield rule;
}

/** A client of the root namespace has no rules before everyone's: its own are the last resort of all. */
function searchOrder(service: string, client: string, root: string): ReadonlySet<string> {
  return new Set([...(client === '' || client === root ? [] : [client]), service, root]);
}

function selects({ spec, metadata }: DestinationRule, { namespace, selectors }: ScopeClass): boolean {
  const labels = spec.workloadSelector?.matchLabels;
  if (labels === undefined || Object.keys(labels).length === 0) return true;
  return metadata.namespace === namespace && selectors.includes(renderLabels(labels));
}

function isVisible({ spec, metadata }: DestinationRule, client: string, { exportTo }: MeshSettings): boolean {
  if (metadata.namespace === client) return true;
  const options = {
    namespace: metadata.namespace,
    exportTo: spec.exportTo,
    defaultExportTo: exportTo.destinationRules,
  };
  return isVisibleFrom(client, options);
}

function mergeMostSpecific(rules: readonly DestinationRule[], domain: string): MergedRule | undefined {
  const [host] = sortHosts(rules.map((rule) => ruleHost(rule, domain)));
  const chosen = rules.filter((rule) => ruleHost(rule, domain) === host).sort(compareAge);
  const selecting = chosen.filter(({ spec }) => spec.workloadSelector !== undefined);
  let merged: MergedRule | undefined;
  for (const rule of [...selecting, ...chosen.filter((rule) => !selecting.includes(rule))]) {
    merged = merged === undefined ? single(rule) : join(merged, rule);
  }
  return merged;
}

const single = memo((rule: DestinationRule): MergedRule => {
  const subsets = uniqueSubsets(rule.spec.subsets ?? []);
  const { trafficPolicy, workloadSelector } = rule.spec;
  return { origin: originOf(rule), trafficPolicy, subsets, selecting: workloadSelector !== undefined };
});

/** A later rule adds subsets, and a policy where there is none. */
const join = memo((older: MergedRule, rule: DestinationRule): MergedRule => ({
  ...older,
  trafficPolicy: older.trafficPolicy ?? rule.spec.trafficPolicy,
  subsets: uniqueSubsets([...older.subsets, ...(rule.spec.subsets ?? [])]),
}));

function uniqueSubsets(subsets: readonly Subset[]): readonly Subset[] {
  return subsets.filter(({ name }, index) => subsets.findIndex((other) => other.name === name) === index);
}
