import { isWildcard, resolveShortName, type DestinationRule } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { groupMap, projectMap, type Slot } from '../derive/index.js';

export interface DestinationIndex {
  /** Host in full → the rules for exactly that host. */
  readonly byHost: SortedMap<SortedMap<DestinationRule>>;
  /** Rules for hosts with a wildcard. */
  readonly wildcards: SortedMap<DestinationRule>;
}

const groupByHost = groupMap((rule: DestinationRule, domain: string) => {
  const host = ruleHost(rule, domain);
  return isWildcard(host) ? [] : [[host, rule] as const];
});

const wildcardRules = projectMap((rule: DestinationRule) => (isWildcard(rule.spec.host) ? rule : undefined));

export function indexDestinations(
  slot: Slot,
  rules: SortedMap<DestinationRule>,
  domain: string,
): DestinationIndex {
  return { byHost: groupByHost(slot, rules, domain), wildcards: wildcardRules(slot, rules, undefined) };
}

/** The host that a rule is about, in full. */
export function ruleHost({ spec, metadata }: DestinationRule, domain: string): string {
  return resolveShortName(spec.host, metadata.namespace, domain);
}
