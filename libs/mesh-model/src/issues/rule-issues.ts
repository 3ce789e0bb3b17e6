import type { DestinationRule } from '@istio-ts/config-model';
import type { Issue, SortedMap } from '@istio-ts/foundation';
import { groupMap, projectMap, type Slot } from '../derive/index.js';
import { ruleHost } from '../snapshot/destination-index.js';
import { compareAge } from '../snapshot/origin.js';
import { MeshIssueCode } from './issue-code.js';
import { raiseIssue } from './raise-issue.js';

const byPlace = groupMap((rule: DestinationRule, domain: string) => [
  [`${rule.metadata.namespace} ${ruleHost(rule, domain)}`, rule],
]);

const conflicts = projectMap((group: SortedMap<DestinationRule>) => {
  const rules = [...group.values()]
    .filter(({ spec }) => spec.workloadSelector === undefined)
    .sort(compareAge);
  const issues = rules.slice(1).flatMap((rule, index) => conflictsOf(rule, rules.slice(0, index + 1)));
  return issues.length === 0 ? undefined : issues;
});

/** Rules of one namespace for one host are merged, as long as they do not speak of the same. */
export function ruleConflicts(
  slot: Slot,
  rules: SortedMap<DestinationRule>,
  domain: string,
): SortedMap<readonly Issue[]> {
  return conflicts(slot, byPlace(slot, rules, domain), undefined);
}

function conflictsOf(rule: DestinationRule, older: readonly DestinationRule[]): readonly Issue[] {
  const taken = new Set(older.flatMap(({ spec }) => (spec.subsets ?? []).map(({ name }) => name)));
  const subsets = (rule.spec.subsets ?? []).flatMap(({ name }, index) =>
    taken.has(name) ? [conflict(rule, ['spec', 'subsets', index], `subset ${JSON.stringify(name)}`)] : [],
  );
  const policy =
    rule.spec.trafficPolicy !== undefined && older.some(({ spec }) => spec.trafficPolicy !== undefined);
  return policy ? [...subsets, conflict(rule, ['spec', 'trafficPolicy'], 'a traffic policy')] : subsets;
}

function conflict(rule: DestinationRule, path: readonly (string | number)[], what: string): Issue {
  return raiseIssue(rule, {
    code: MeshIssueCode.ConflictingRules,
    severity: 'warning',
    path,
    message: `an older DestinationRule of namespace ${rule.metadata.namespace} for host ${rule.spec.host} has ${what} already, which is used instead of this one. Keep one of them`,
  });
}
