import type { PodGroup } from './desired-pods.js';

/** A pod that exists, as far as it counts for what to do next. */
export interface ExistingPod {
  readonly id: string;
  readonly owner: PodGroup['owner'];
  readonly revision: string;
  /** It runs another build of its component than new pods get. */
  readonly outdated: boolean;
  readonly ready: boolean;
  readonly ending: boolean;
}

export interface PodDecisions {
  readonly start: readonly PodGroup[];
  readonly stop: readonly string[];
}

/**
 * What to start and to stop so that the pods become what the groups ask for. A new revision comes up beside the old one,
 * which goes when as many new pods are ready as are wanted: calls are answered all the time. Groups whose build is outdated
 * are replaced one after the other: one that does not come up stops the rest. `isAlone`: two of such pods cannot be at once.
 */
export function decidePods(
  groups: readonly PodGroup[],
  pods: readonly ExistingPod[],
  isAlone: (group: PodGroup) => boolean = () => false,
): PodDecisions {
  const start: PodGroup[] = [];
  const stop: string[] = [];
  const byOwner = new Map<string, ExistingPod[]>();
  for (const pod of pods) byOwner.set(ownerId(pod.owner), [...(byOwner.get(ownerId(pod.owner)) ?? []), pod]);
  let rolls = false;
  for (const group of groups) {
    const found = byOwner.get(ownerId(group.owner)) ?? [];
    byOwner.delete(ownerId(group.owner));
    const own: readonly ExistingPod[] = rolls || group.owner.kind === 'Pod' ? found.map(asCurrent) : found;
    rolls ||= living(own).some(({ outdated }) => outdated);
    const single = group.owner.kind === 'Pod' || isAlone(group);
    const decided = single ? decideSinglePod(group, own) : decideDeployment(group, own);
    start.push(...decided.start);
    stop.push(...decided.stop);
  }
  for (const orphans of byOwner.values()) stop.push(...living(orphans).map(({ id }) => id));
  return { start, stop };
}

function decideDeployment(group: PodGroup, own: readonly ExistingPod[]): PodDecisions {
  const current = living(own).filter((pod) => isCurrent(pod, group));
  const old = living(own).filter((pod) => !isCurrent(pod, group));
  const missing = Math.max(0, group.replicas - current.length);
  const surplus = [...current]
    .sort((a, b) => Number(a.ready) - Number(b.ready))
    .slice(0, Math.max(0, current.length - group.replicas));
  const replaced = current.filter(({ ready }) => ready).length >= group.replicas;
  return {
    start: Array.from({ length: missing }, () => group),
    stop: [...surplus, ...(replaced ? old : [])].map(({ id }) => id),
  };
}

/** A bare pod has one name, and some pods one address: the old one must be gone before the new one comes. */
function decideSinglePod(group: PodGroup, own: readonly ExistingPod[]): PodDecisions {
  const old = living(own).filter((pod, index) => !isCurrent(pod, group) || index >= group.replicas);
  return { start: own.length === 0 && group.replicas > 0 ? [group] : [], stop: old.map(({ id }) => id) };
}

function isCurrent({ revision, outdated }: ExistingPod, group: PodGroup): boolean {
  return revision === group.revision && !outdated;
}

/** Its build stays: another group is being replaced, or nobody would start it again. */
function asCurrent(pod: ExistingPod): ExistingPod {
  return { ...pod, outdated: false };
}

function living(pods: readonly ExistingPod[]): readonly ExistingPod[] {
  return pods.filter(({ ending }) => !ending);
}

function ownerId({ kind, namespace, name }: PodGroup['owner']): string {
  return `${kind}/${namespace}/${name}`;
}
