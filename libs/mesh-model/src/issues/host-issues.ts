import { hostSubsetOf, type DestinationRule } from '@istio-ts/config-model';
import type { Issue, SortedMap } from '@istio-ts/foundation';
import { groupMap, lookupMap, projectMap, type Slot } from '../derive/index.js';
import { ruleHost } from '../snapshot/destination-index.js';
import { compareAge } from '../snapshot/origin.js';
import type { RouteSource } from '../snapshot/route-index.js';
import { MeshIssueCode } from './issue-code.js';
import type { KnownHost } from './known-hosts.js';
import { raiseIssue } from './raise-issue.js';
import type { DestinationContext } from './route-issues.js';

/** Hosts that several VirtualServices claim for sidecars: the oldest has them. */
export const meshHostConflicts = projectMap((sources: SortedMap<RouteSource>, _context: undefined, host) => {
  const [first, ...later] = [...sources.values()].map(({ resource }) => resource).sort(compareAge);
  if (first === undefined || later.length === 0) return undefined;
  return later.map((resource) =>
    raiseIssue(resource, {
      code: MeshIssueCode.ConflictingMeshHosts,
      severity: 'error',
      path: ['spec', 'hosts'],
      message: `host ${JSON.stringify(host)} is claimed by the older VirtualService ${first.metadata.namespace}/${first.metadata.name} for sidecars already: where both are seen, this one's routes are not used. Merge the two`,
    }),
  );
});

/** Rules for hosts that no service has. */
export const ruleHostIssues = lookupMap<DestinationRule, KnownHost, readonly Issue[], DestinationContext>({
  refs: (rule, { settings }) => [ruleHost(rule, settings.clusterDomain)],
  compute: (rule, hosts, { settings, wildcards }) => {
    const host = ruleHost(rule, settings.clusterDomain);
    if (host.startsWith('*') || hosts.get(host)?.ports !== undefined) return undefined;
    if (wildcards.some((wildcard) => hostSubsetOf(host, wildcard))) return undefined;
    return [
      raiseIssue(rule, {
        code: MeshIssueCode.UnknownRuleHost,
        severity: 'warning',
        path: ['spec', 'host'],
        message: `host ${JSON.stringify(host)} is no service of the mesh: the rule has no effect. Correct the name, or declare the host`,
      }),
    ];
  },
});

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
