import { renderLabels, type PathKey } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { hasTarget } from '../gateway/policy-selector.js';
import { isPodInMesh } from '../workload/in-mesh.js';
import { selectPods } from '../workload/pods.js';

type Policy = ObjectOf<'AuthorizationPolicy'>;

export const authorizationPoliciesAnalyzer = defineAnalyzer({
  name: 'auth.AuthorizationPoliciesAnalyzer',
  summary: 'AuthorizationPolicies apply to some workload, and name namespaces that exist',
  each: ['AuthorizationPolicy'],
  reads: ['Namespace', 'Pod'],
  needs: ['Namespace', 'Pod'],
  analyze: (policy, world) => [...judgeSelector(policy, world), ...judgeNamespaces(policy, world)],
});

/** A policy of the root namespace reaches every namespace; without a selector it is for workloads to come, too. */
function judgeSelector(policy: Policy, world: World): readonly Finding[] {
  const { namespace } = policy.metadata;
  const meshWide = namespace === world.meshConfig().rootNamespace;
  const { selector } = policy.spec;
  if (hasTarget(policy.spec) || (meshWide && selector === undefined)) return [];
  const labels = selector?.matchLabels;
  const pods = selectPods(world, labels ?? {}, meshWide ? undefined : namespace);
  if (pods.some((pod) => isPodInMesh(pod, world))) return [];
  const path = labels === undefined ? undefined : ['spec', 'selector', 'matchLabels'];
  return [finding('NoMatchingWorkloadsFound', policy, { labels: renderLabels(labels) }, path)];
}

function judgeNamespaces(policy: Policy, world: World): readonly Finding[] {
  return writtenNamespaces(policy).flatMap(({ pattern, path }) => {
    if (namespaceExists(pattern, world)) return [];
    const args = { reftype: 'namespace', refval: pattern };
    return [finding('ReferencedResourceNotFound', policy, args, path)];
  });
}

function writtenNamespaces({ spec }: Policy): readonly {
  readonly pattern: string;
  readonly path: readonly PathKey[];
}[] {
  return (spec.rules ?? []).flatMap(({ from = [] }, rule) =>
    from.flatMap(({ source = {} }, index) => {
      const path = ['spec', 'rules', rule, 'from', index, 'source'];
      const { namespaces = [], notNamespaces = [] } = source;
      return Object.entries({ namespaces, notNamespaces }).flatMap(([field, patterns]) =>
        patterns.map((pattern, position) => ({ pattern, path: [...path, field, position] })),
      );
    }),
  );
}

/** A pattern may begin or end with `*`. */
function namespaceExists(pattern: string, world: World): boolean {
  if (!pattern.includes('*')) return world.get('Namespace', '', pattern) !== undefined;
  if (pattern === '*') return true;
  return world
    .all('Namespace')
    .some(({ metadata: { name } }) =>
      pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name.startsWith(pattern.slice(0, -1)),
    );
}
