import { renderLabels, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import type { World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { selectPods, type Pod } from './pods.js';

type Selecting = ObjectOf<'Sidecar' | 'Telemetry'>;

/** An object that is for the pods of its namespace with some labels; of several for one pod, one alone can apply. */
export interface Selector<T extends Selecting> {
  readonly object: T;
  readonly labels: Labels;
  readonly pods: readonly Pod[];
}

/** Whether an object is for all pods of its namespace: without a selector, or with one that says nothing. */
export function isForAll(labels: Labels | undefined): boolean {
  return labels === undefined || Object.keys(labels).length === 0;
}

/** Those of the objects that select by labels, with what they select. */
export function selectorsOf<T extends Selecting>(
  objects: readonly T[],
  labelsOf: (object: T) => Labels | undefined,
  world: World,
): readonly Selector<T>[] {
  return objects.flatMap((object) => {
    const labels = labelsOf(object);
    if (labels === undefined || isForAll(labels)) return [];
    return [{ object, labels, pods: selectPods(world, labels, object.metadata.namespace) }];
  });
}

export function selectsNothing<T extends Selecting>({
  object,
  labels,
  pods,
}: Selector<T>): readonly Finding[] {
  if (pods.length > 0) return [];
  const args = { reftype: 'selector', refval: renderLabels(labels) };
  const field = object.kind === 'Sidecar' ? 'workloadSelector' : 'selector';
  return [finding('ReferencedResourceNotFound', object, args, ['spec', field])];
}

/** Pods that several objects select, with the names of these objects. */
export function sharedPods<T extends Selecting>(
  selectors: readonly Selector<T>[],
): readonly { readonly pod: Pod; readonly objects: readonly T[] }[] {
  const byPod = new Map<Pod, T[]>();
  for (const { object, pods } of selectors) {
    for (const pod of pods) {
      const others = byPod.get(pod);
      if (others === undefined) byPod.set(pod, [object]);
      else others.push(object);
    }
  }
  return [...byPod].flatMap(([pod, objects]) => (objects.length > 1 ? [{ pod, objects }] : []));
}
