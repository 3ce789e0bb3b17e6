import type { PodGroup } from './desired-pods.js';

/** A pod that exists, as far as it counts for what to do next. */
export interface ExistingPod {
  readonly id: string;
  readonly owner: PodGroup['owner'];
  readonly revision: string;
  readonly ready: boolean;
  readonly ending: boolean;
}

export interface PodDecisions {
  readonly start: readonly PodGroup[];
  readonly stop: readonly string[];
}

/**
 * What to start and to stop so that the pods become what the groups ask for. A new revision comes up beside the old one,
 * which goes when as many new pods are ready as are wanted: calls are answered all the time.
 */
export function decidePods(groups: readonly PodGroup[], pods: readonly ExistingPod[]): PodDecisions {
  const start: PodGroup[] = [];
  const stop: string[] = [];
  const byOwner = new Map<string, ExistingPod[]>();
  for (const pod of pods) byOwner.set(ownerId(pod.owner), [...(byOwner.get(ownerId(pod.owner)) ?? []), pod]);
  for (const group of groups) {
    const own = byOwner.get(ownerId(group.owner)) ?? [];
    byOwner.delete(ownerId(group.owner));
    const decided = group.owner.kind === 'Pod' ? decideBarePod(group, own) : decideDeployment(group, own);
    start.push(...decided.start);
    stop.push(...decided.stop);
  }
  for (const orphans of byOwner.values()) stop.push(...living(orphans).map(({ id }) => id));
  return { start, stop };
}

function decideDeployment(group: PodGroup, own: readonly ExistingPod[]): PodDecisions {
  const current = living(own).filter(({ revision }) => revision === group.revision);
  const old = living(own).filter(({ revision }) => revision !== group.revision);
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

/** A bare pod has one name, so the old one must be gone before the new one comes. */
function decideBarePod(group: PodGroup, own: readonly ExistingPod[]): PodDecisions {
  const outdated = living(own).filter(({ revision }) => revision !== group.revision);
  return { start: own.length === 0 ? [group] : [], stop: outdated.map(({ id }) => id) };
}

function living(pods: readonly ExistingPod[]): readonly ExistingPod[] {
  return pods.filter(({ ending }) => !ending);
}

function ownerId({ kind, namespace, name }: PodGroup['owner']): string {
  return `${kind}/${namespace}/${name}`;
}
