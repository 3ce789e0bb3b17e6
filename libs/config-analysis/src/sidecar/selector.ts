import type { ObjectOf } from '../analyzed-object.js';
import { defineGroupAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { isAmbientNamespace, isAmbientPod } from '../workload/in-mesh.js';
import { isForAll, selectorsOf, selectsNothing, sharedPods } from '../workload/selector-conflicts.js';

type Sidecar = ObjectOf<'Sidecar'>;

export const sidecarsByNamespace = defineIndex('Sidecars of a namespace', ['Sidecar'], ({ metadata }) => [
  metadata.namespace,
]);

export const sidecarSelectorAnalyzer = defineGroupAnalyzer({
  name: 'sidecar.SelectorAnalyzer',
  summary: 'Sidecars select pods that have a proxy, and no two of them the same',
  groups: sidecarsByNamespace,
  reads: ['Namespace', 'Pod'],
  needs: ['Pod'],
  analyze: (sidecars, world, namespace) => [
    ...judgeSelectors(sidecars, world, namespace),
    ...judgeDefaults(sidecars, world, namespace),
  ],
});

function judgeSelectors(sidecars: readonly Sidecar[], world: World, namespace: string): readonly Finding[] {
  const selectors = selectorsOf(sidecars, ({ spec }) => spec.workloadSelector?.labels, world);
  const conflicts = sharedPods(selectors).flatMap(({ pod, objects }) => {
    // Nothing of a Sidecar reaches such a pod, so nothing can contradict.
    if (isAmbientPod(pod)) return [];
    const conflictingSidecars = objects.map(({ metadata }) => metadata.name);
    const args = { conflictingSidecars, namespace, workloadPod: pod.metadata.name };
    return objects.map((object) =>
      finding('ConflictingSidecarWorkloadSelectors', object, args, ['spec', 'workloadSelector']),
    );
  });
  const ineffective = selectors.flatMap(({ object, pods }) => {
    const ambient = pods.filter(isAmbientPod).map(({ metadata }) => metadata.name);
    if (ambient.length === 0) return [];
    const reason = `the pods ${ambient.join(', ')} are in ambient mode and have no sidecar`;
    return [finding('IneffectivePolicy', object, { reason }, ['spec', 'workloadSelector'])];
  });
  return [...selectors.flatMap(selectsNothing), ...conflicts, ...ineffective];
}

/** Sidecars without a selector are for the whole namespace. */
function judgeDefaults(sidecars: readonly Sidecar[], world: World, namespace: string): readonly Finding[] {
  const defaults = sidecars.filter(({ spec }) => isForAll(spec.workloadSelector?.labels));
  const labels = world.get('Namespace', '', namespace)?.metadata.labels ?? {};
  if (isAmbientNamespace(labels)) {
    const reason = `namespace ${namespace} is in ambient mode and its pods have no sidecar`;
    return defaults.map((object) => finding('IneffectivePolicy', object, { reason }));
  }
  if (defaults.length < 2) return [];
  const args = { conflictingSidecars: defaults.map(({ metadata }) => metadata.name), namespace };
  return defaults.map((object) => finding('MultipleSidecarsWithoutWorkloadSelectors', object, args));
}
